using Mayfly.Contracts;
using Mayfly.Control.Events;
using Mayfly.Control.Storage;
using Mayfly.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Mayfly.Control.Tests.Storage;

/// <summary>Copies of the database, and databases made of them.</summary>
public sealed class CopyTests : HouseTestBase
{
    private const string Pair = "test.pair";

    public CopyTests() => Directory.CreateDirectory(Other);

    private string Other => Path.Combine(Root, "other");

    [Fact]
    public async Task Copy_WhileOthersWrite_IsOfOneMomentAndBecomesTheSameHouse()
    {
        var copy = NewFile();
        await using (var house = await StartAsync())
        {
            await house.AddPoolAsync("p", 0, 2, "ann");
            using var enough = new CancellationTokenSource();
            var writing = WritePairsAsync(house, enough.Token);
            await Eventually.HoldsAsync(async () => (await house.EventKindsAsync()).Contains(Pair), "something is written");
            (await house.Get<HouseStore>().IsUnusedAsync(default)).ShouldBeFalse();
            (await house.Get<HouseStore>().CopyAsync(copy, default)).ShouldBeNull();
            await enough.CancelAsync();
            (await writing).ShouldBeGreaterThan(0);
        }

        await RestoreAsync(copy);
        await using var restored = await House.StartAsync(Other, new FakeMachineHost());
        (await restored.PoolAsync("p")).Name.ShouldBe("p");
        var pairs = await restored.ReadAsync(context => context.Events.Count(e => e.Kind == Pair));
        pairs.ShouldBeGreaterThan(0);
        (pairs % 2).ShouldBe(0);
        (await restored.ReadAsync(context => context.Users.Select(user => user.Name).ToList())).ShouldBe(["ann"]);
        await restored.Get<EventLog>().RecordAsync(new HouseEvent(Pair, "It goes on."), default);
    }

    [Fact]
    public async Task Copy_OfAFile_IsForItsOwnerAlone()
    {
        Assert.SkipWhen(TestDatabase.IsPostgres, "PostgreSQL keeps its files elsewhere.");
        var copy = NewFile();
        await using (var house = await StartAsync())
            (await house.Get<HouseStore>().CopyAsync(copy, default)).ShouldBeNull();
        await RestoreAsync(copy);
        File.GetUnixFileMode(Path.Combine(Other, "mayfly.db")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-wal")]
    [InlineData("-shm")]
    public async Task IsUnused_WithAFileOfADatabase_IsFalse(string suffix)
    {
        Assert.SkipWhen(TestDatabase.IsPostgres, "PostgreSQL keeps its files elsewhere.");
        await using var services = await ServicesAsync();
        var store = services.GetRequiredService<HouseStore>();
        (await store.IsUnusedAsync(default)).ShouldBeTrue();
        await File.WriteAllTextAsync(Path.Combine(Other, "mayfly.db" + suffix), "");
        (await store.IsUnusedAsync(default)).ShouldBeFalse();
    }

    [Fact]
    public async Task Restore_OfWhatIsNoDump_LeavesTheDatabaseUnused()
    {
        Assert.SkipUnless(TestDatabase.IsPostgres, "A file is put where it belongs, and its content is looked at when mayflyd starts.");
        var copy = NewFile();
        await File.WriteAllTextAsync(copy, "no dump");
        await using var services = await ServicesAsync();
        var store = services.GetRequiredService<HouseStore>();
        var fault = (await store.RestoreAsync(copy, default)).ShouldNotBeNull();
        fault.Code.ShouldBe(ErrorCode.BackupUnusable);
        fault.Why!.ShouldContain("archive");
        (await store.IsUnusedAsync(default)).ShouldBeTrue();
    }

    private static async Task<int> WritePairsAsync(House house, CancellationToken enough)
    {
        var events = house.Get<EventLog>();
        var written = 0;
        for (; !enough.IsCancellationRequested; written++)
        {
            await house.Get<HouseDatabase>().WriteAsync(async context =>
            {
                events.Add(context, new HouseEvent(Pair, "One."));
                await context.SaveChangesAsync(CancellationToken.None);
                events.Add(context, new HouseEvent(Pair, "Two."));
                return 0;
            }, CancellationToken.None);
        }

        return written;
    }

    private async Task RestoreAsync(string copy)
    {
        await using var services = await ServicesAsync();
        var store = services.GetRequiredService<HouseStore>();
        (await store.IsUnusedAsync(default)).ShouldBeTrue();
        (await store.RestoreAsync(copy, default)).ShouldBeNull();
        (await store.IsUnusedAsync(default)).ShouldBeFalse();
    }

    private async Task<ServiceProvider> ServicesAsync()
    {
        var options = await TestDatabase.UnusedAsync(Other);
        return new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddSingleton(options).AddStorage(options).BuildServiceProvider();
    }

    private string NewFile()
    {
        var path = Path.Combine(Root, "copy");
        File.Create(path).Dispose();
        return path;
    }
}
