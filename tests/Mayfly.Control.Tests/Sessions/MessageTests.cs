using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Sessions;

namespace Mayfly.Control.Tests.Sessions;

public sealed class MessageTests : HouseTestBase
{
    [Fact]
    public async Task Send_Message_IsOnTheCardUntilItsUserPutsItAway()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 2, "ann");
        var session = await house.OpenAsync("ann");
        var messages = house.Get<SessionMessages>();
        (await messages.SendAsync(session.Id, "  Save your work, please. 🙂 ", "help", default)).Fault.ShouldBeNull();
        var notice = await NoticeAsync(house);
        (notice!.Message, notice.From, notice.LogOffAt).ShouldBe(("Save your work, please. 🙂", "help", null));
        var said = await house.ReadAsync(c => c.Events.Single(e => e.Kind == EventKinds.SessionMessage));
        (said.Actor, said.User, said.Pool, said.Machine).ShouldBe(("help", "ann", "p", session.Machine));

        (await messages.PutAwayAsync(session.Id, "eve", null, default)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
        await messages.SendAsync(session.Id, "Now, please.", "help", default);
        // The older one was read; the newer stays.
        (await messages.PutAwayAsync(session.Id, "ann", notice.Id, default)).Fault.ShouldBeNull();
        var newer = await NoticeAsync(house);
        newer!.Message.ShouldBe("Now, please.");
        (await messages.PutAwayAsync(session.Id, "ann", newer.Id, default)).Fault.ShouldBeNull();
        (await NoticeAsync(house)).ShouldBeNull();
    }

    [Fact]
    public async Task Send_ToAnEndedOrUnknownSession_IsNotFound()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 2, "ann");
        var session = await house.OpenAsync("ann");
        await house.LogOffAsync(session);
        foreach (var id in new[] { session.Id, "none", "" })
            (await house.Get<SessionMessages>().SendAsync(id, "Hello", "help", default)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(null)]
    [InlineData("two\nlines")]
    [InlineData("a bell\u0007")]
    [InlineData("an escape \u001b[31m")]
    [InlineData("a nul\0")]
    [InlineData("next line\u0085.")]
    [InlineData("line separator\u2028.")]
    [InlineData("turned \u202Ereversed")]
    [InlineData("isolated \u2066reversed")]
    public async Task Send_HostileText_IsRefused(string? text)
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 2, "ann");
        var session = await house.OpenAsync("ann");
        (await house.Get<SessionMessages>().SendAsync(session.Id, text, "help", default)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
        (await NoticeAsync(house)).ShouldBeNull();
    }

    [Fact]
    public async Task Send_TooLongOrHalfACharacter_IsRefused()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 2, "ann");
        var session = await house.OpenAsync("ann");
        var messages = house.Get<SessionMessages>();
        (await messages.SendAsync(session.Id, new string('x', 500), "help", default)).Fault.ShouldBeNull();
        (await messages.SendAsync(session.Id, new string('x', 501), "help", default)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
        (await messages.SendAsync(session.Id, "half " + (char)0xD83D, "help", default)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
    }

    private static async Task<SessionNotice?> NoticeAsync(House house) => (await house.Get<DesktopCards>().ListAsync("ann", default))[0].Session!.Notice;
}
