using System.Security.Cryptography;
using System.Text;
using Mayfly.Contracts;
using Mayfly.Control.Idempotency;

namespace Mayfly.Control.Tests.Idempotency;

public sealed class IdempotencyTests : HouseTestBase
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("{\"password\":\"correct-horse\"}");

    [Fact]
    public async Task Answer_Kept_IsGivenAgainAfterARestartAndIsNotReadableInTheDatabase()
    {
        await using (var house = await StartAsync()) await KeepAsync(house);
        await using var again = await StartAsync();
        var kept = (await BeginAsync(again)).Value.Kept!;
        (kept.Status, kept.Location, Encoding.UTF8.GetString(kept.Body)).ShouldBe((201, "/there", Encoding.UTF8.GetString(Body)));
        var row = await again.ReadAsync(context => context.IdempotencyKeys.Single());
        Encoding.UTF8.GetString(row.Body).ShouldNotContain("horse");
        row.Id.ShouldNotContain("key-1");
        foreach (var file in Directory.GetFiles(Root, "mayfly.db*")) Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file)).ShouldNotContain("correct-horse");
    }

    [Fact]
    public async Task Key_UsedForAnotherRequest_IsAMismatchAndOfAnotherCallerIsNew()
    {
        await using var house = await StartAsync();
        await KeepAsync(house);
        (await house.Get<IdempotencyStore>().BeginAsync("ann", "key-1", "POST /other", default)).Fault!.Code.ShouldBe(ErrorCode.IdempotencyMismatch);
        var other = (await house.Get<IdempotencyStore>().BeginAsync("bob", "key-1", "POST /x", default)).Value;
        other.Kept.ShouldBeNull();
        await other.Turn!.EndAsync(null);
    }

    [Fact]
    public async Task Request_WhileTheSameIsAnswered_WaitsForItsAnswer()
    {
        await using var house = await StartAsync();
        var first = (await BeginAsync(house)).Value.Turn!;
        var second = BeginAsync(house);
        second.IsCompleted.ShouldBeFalse();
        await first.EndAsync(new KeptAnswer(200, null, Body));
        (await second).Value.Kept!.Body.ShouldBe(Body);
    }

    [Fact]
    public async Task Request_WhoseAnswerWasNotKept_IsCarriedOutByTheNext()
    {
        await using var house = await StartAsync();
        var first = (await BeginAsync(house)).Value.Turn!;
        var second = BeginAsync(house);
        await first.EndAsync(null);
        var turn = (await second).Value.Turn;
        turn.ShouldNotBeNull();
        await turn.EndAsync(null);
    }

    [Fact]
    public async Task Answer_ADayOld_IsForgotten()
    {
        await using var house = await StartAsync();
        await KeepAsync(house);
        Time.Jump(TimeSpan.FromHours(24));
        var begun = (await BeginAsync(house)).Value;
        begun.Kept.ShouldBeNull();
        await begun.Turn!.EndAsync(new KeptAnswer(200, null, []));
        (await house.ReadAsync(context => context.IdempotencyKeys.Single())).Status.ShouldBe(200);
    }

    [Fact]
    public void Sealed_OpenedWithAnotherKeyOrRow_Throws()
    {
        var stored = SealedBody.Seal(Body, "key", "row");
        SealedBody.Open(stored, "key", "row").ShouldBe(Body);
        Should.Throw<CryptographicException>(() => SealedBody.Open(stored, "yek", "row"));
        Should.Throw<CryptographicException>(() => SealedBody.Open(stored, "key", "wor"));
    }

    private static Task<Outcome<(KeptAnswer? Kept, IdempotencyStore.Turn? Turn)>> BeginAsync(House house) =>
        house.Get<IdempotencyStore>().BeginAsync("ann", "key-1", "POST /x", default);

    private static async Task KeepAsync(House house) => await (await BeginAsync(house)).Value.Turn!.EndAsync(new KeptAnswer(201, "/there", Body));
}
