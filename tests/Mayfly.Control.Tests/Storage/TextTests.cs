using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Access;
using Mayfly.Control.Events;
using Mayfly.Control.Users;

namespace Mayfly.Control.Tests.Storage;

/// <summary>Text is the same on every database: its order, what a search finds, and what it may hold.</summary>
public sealed class TextTests : HouseTestBase
{
    [Fact]
    public async Task Order_OfNames_IsByteByByte()
    {
        await using var house = await StartAsync();
        string[] names = ["a", "a-b", "a.b", "a1", "a_b", "ab"];
        foreach (var name in names.Reverse()) (await house.Get<UserDirectory>().AddAsync(new AddUserRequest(name), "test", default)).Fault.ShouldBeNull();
        var page = await house.Get<UserDirectory>().ListAsync(null, null, 3, default);
        var rest = await house.Get<UserDirectory>().ListAsync(null, page.Next, 10, default);
        page.Items.Concat(rest.Items).Select(user => user.Name).ShouldBe(names);
    }

    [Theory]
    [InlineData("QUICK", true)]
    [InlineData("100%", true)]
    [InlineData("a_c", true)]
    [InlineData("\\", true)]
    [InlineData("Ä", true)]
    [InlineData("ä", false)]
    [InlineData("1_0", false)]
    public async Task Search_ForPartOfAMessage_FindsItWhateverTheCaseOfLatinLetters(string text, bool found)
    {
        await using var house = await StartAsync();
        await house.Get<EventLog>().RecordAsync(new HouseEvent("test.said", "Quick is 100% of a_c or Ä and \\."), default);
        (await house.Get<EventLog>().PageAsync(PoolScope.House, new EventFilter { Search = text }, 0, null, 10, default)).Total.ShouldBe(found ? 1 : 0);
    }

    [Fact]
    public async Task Text_WithANul_IsStoredAndAskedFor()
    {
        await using var house = await StartAsync();
        await house.Get<EventLog>().RecordAsync(new HouseEvent("test.said", "A guest said \0 and \uD83D\uDE00."), default);
        (await house.Get<EventLog>().ListAsync(PoolScope.House, 0, 10, default)).Single().Message.ShouldStartWith("A guest said ");
        (await house.Get<UserDirectory>().FindAsync("ann\0", default)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
    }
}
