using System.Globalization;
using System.Text;
using Mayfly.Contracts;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Tests;

public sealed class HostileGuestTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);
    private static readonly ExecRequest True = new(["true"], 5);
    private const string Result = """{"exitCode":0,"stdout":"","stderr":"","truncated":false}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cleanse_SilentGuest_IsAgentSilent()
    {
        await using var guest = await FakeGuest.ConnectAsync(Token);
        (await guest.Host.CleanseAsync(TimeSpan.FromMilliseconds(100), Token)).Fault!.Code.ShouldBe(ErrorCode.AgentSilent);
        guest.Host.Closed.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Exec_LateAnswer_DoesNotDisturbTheNextRequest()
    {
        await using var guest = await FakeGuest.ConnectAsync(Token);
        await guest.Host.CleanseAsync(TimeSpan.FromMilliseconds(50), Token);
        var late = await guest.ReceiveAsync(Token);
        var run = guest.Host.ExecAsync(True, Token);
        var asked = await guest.ReceiveAsync(Token);
        await guest.SendAsync($$"""{"id":{{late.Id}},"verb":"cleanse","body":{"removed":[],"connections":0} }""", Token);
        await guest.SendAsync($$"""{"id":{{asked.Id}},"verb":"exec","body":{{Result}} }""", Token);
        (await run).Value.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task SetEnvironment_LargerThanAFrame_IsRefusedBeforeItIsSent()
    {
        await using var guest = await FakeGuest.ConnectAsync(Token);
        var large = new EnvironmentRequest([.. Enumerable.Range(0, 300).Select(i => new EnvironmentVariable($"V{i}", new string('x', 4000)))], [], [], [], [], null, [], 20);

        (await guest.Host.SetEnvironmentAsync(large, Token)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
    }

    [Fact]
    public async Task Hello_GuestMissesTheFirst_IsAskedAgain()
    {
        await using var guest = await FakeGuest.ConnectAsync(Token);
        var hello = guest.Host.HelloAsync(Long, Token);
        await guest.ReceiveAsync(Token);
        var second = await guest.ReceiveAsync(Token);
        await guest.SendAsync($$"""{"id":{{second.Id}},"verb":"hello","body":{"protocol":1,"agentVersion":"1\u001b[31m","osName":"x\ny","kernel":"k","capabilities":[]} }""", Token);
        var value = (await hello).Value;
        value.OsName.ShouldBe("x y");
        value.AgentVersion.ShouldNotContain('\u001b');
    }

    [Theory]
    [InlineData("{{{{")]
    [InlineData("null")]
    [InlineData("{\"id\":ID,\"verb\":\"exec\",\"body\":{}} {}")]
    [InlineData("{\"id\":ID,\"verb\":\"exec\",\"body\":[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]}")]
    [InlineData("{\"id\":ID,\"verb\":\"exec\",\"body\":7}")]
    [InlineData("{\"id\":ID,\"verb\":\"exec\"}")]
    [InlineData("{\"id\":ID,\"verb\":\"exec\",\"body\":{\"exitCode\":-5,\"stdout\":\"\",\"stderr\":\"\",\"truncated\":false}}")]
    public async Task Exec_GarbageAnswer_FailsEveryWaiterAndCloses(string json)
    {
        await using var guest = await FakeGuest.ConnectAsync(Token);
        var first = guest.Host.ExecAsync(True, Token);
        var asked = await guest.ReceiveAsync(Token);
        var second = guest.Host.CleanseAsync(Long, Token);
        await guest.SendAsync(json.Replace("ID", asked.Id.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), Token);
        (await first.WaitAsync(Long, Token)).Fault!.Code.ShouldBe(ErrorCode.AgentProtocol);
        (await second.WaitAsync(Long, Token)).Fault!.Code.ShouldBe(ErrorCode.AgentProtocol);
        await guest.Host.Closed.WaitAsync(Long, Token);
    }

    [Theory]
    [InlineData(new byte[] { 0x40, 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff })]
    public async Task Exec_ImpossibleLength_IsAgentProtocol(byte[] length)
    {
        await using var guest = await FakeGuest.ConnectAsync(Token);
        var run = guest.Host.ExecAsync(True, Token);
        await guest.Stream.WriteAsync(length, Token);
        (await run.WaitAsync(Long, Token)).Fault!.Code.ShouldBe(ErrorCode.AgentProtocol);
    }

    [Fact]
    public async Task Exec_ByteByByteAnswer_IsUnderstood()
    {
        await using var guest = await FakeGuest.ConnectAsync(Token);
        var run = guest.Host.ExecAsync(True, Token);
        var asked = await guest.ReceiveAsync(Token);
        foreach (var part in FakeGuest.Frame($$"""{"id":{{asked.Id}},"verb":"exec","body":{{Result}} }"""))
            await guest.Stream.WriteAsync(new[] { part }, Token);
        (await run).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task Exec_FloodOfUnknownIds_ClosesTheConnection()
    {
        await using var guest = await FakeGuest.ConnectAsync(Token);
        var run = guest.Host.ExecAsync(True, Token);
        try
        {
            for (var i = 0; i < 100; i++)
                await guest.SendAsync($$"""{"id":{{1000 + i}},"verb":"x"}""", Token);
        }
        catch (IOException)
        {
            // The host had enough before all was sent.
        }

        (await run.WaitAsync(Long, Token)).Fault!.Code.ShouldBe(ErrorCode.AgentProtocol);
    }

    [Fact]
    public async Task Exec_GuestLeavesWithinAFrame_FailsTheWaiter()
    {
        await using var guest = await FakeGuest.ConnectAsync(Token);
        var run = guest.Host.ExecAsync(True, Token);
        await guest.ReceiveAsync(Token);
        await guest.Stream.WriteAsync(new byte[] { 0, 0, 0, 9, (byte)'{' }, Token);
        await guest.Stream.DisposeAsync();
        (await run.WaitAsync(Long, Token)).Fault.ShouldNotBeNull();
        (await guest.Host.ExecAsync(True, Token)).Fault.ShouldNotBeNull();
    }

    [Fact]
    public async Task Exec_Refusal_IsOneCleanLine()
    {
        await using var guest = await FakeGuest.ConnectAsync(Token);
        var run = guest.Host.ExecAsync(True, Token);
        var asked = await guest.ReceiveAsync(Token);
        await guest.SendAsync($$"""{"id":{{asked.Id}},"verb":"exec","error":"a\r\nb\u0007{{new string('x', 5000)}}"}""", Token);
        var fault = (await run).Fault!;
        fault.Code.ShouldBe(ErrorCode.AgentRefused);
        fault.Why!.Any(char.IsControl).ShouldBeFalse();
        fault.Why!.Length.ShouldBeLessThan(500);
    }

    [Fact]
    public async Task Exec_CallerCancels_Throws()
    {
        await using var guest = await FakeGuest.ConnectAsync(Token);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var run = guest.Host.ExecAsync(True, cancel.Token);
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(run);
    }

    [Fact]
    public async Task Reader_AnyBytes_NeverThrowsAndStaysSmall()
    {
        var random = new Random(20260722);
        for (var round = 0; round < 150; round++)
        {
            await using var guest = await FakeGuest.ConnectAsync(Token);
            var run = guest.Host.ExecAsync(True, Token);
            var asked = await guest.ReceiveAsync(Token);
            var wire = Mutate(random, FakeGuest.Frame($$"""{"id":{{asked.Id}},"verb":"exec","body":{{Result}} }"""));
            var before = GC.GetTotalAllocatedBytes();
            try
            {
                await guest.Stream.WriteAsync(wire, Token);
                await guest.Stream.DisposeAsync();
            }
            catch (IOException)
            {
                // The host closed first.
            }
            _ = await run.WaitAsync(Long, Token);
            await guest.Host.Closed.WaitAsync(Long, Token);
            (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(16 * 1024 * 1024);
        }
    }

    private static byte[] Mutate(Random random, byte[] frame)
    {
        var wire = frame.ToArray();
        switch (random.Next(3))
        {
            case 0:
                random.NextBytes(wire.AsSpan(random.Next(4)));
                return wire;
            case 1:
                for (var i = 0; i < 3; i++)
                    wire[random.Next(wire.Length)] = (byte)random.Next(256);
                return wire;
            default:
                return [.. wire.Take(random.Next(wire.Length)), .. Encoding.UTF8.GetBytes(new string('[', random.Next(5000)))];
        }
    }

    [Theory]
    [InlineData("""{"width":-1,"height":-1}""")]
    [InlineData("""{"width":2147483647,"height":480}""")]
    [InlineData("""{}""")]
    public async Task SetScreen_ImpossibleAnswer_IsAgentProtocol(string body)
    {
        await using var guest = await FakeGuest.ConnectAsync(Token);
        var setting = guest.Host.SetScreenAsync(new SetScreenRequest(1024, 768), Long, Token);
        var asked = await guest.ReceiveAsync(Token);
        await guest.SendAsync($$"""{"id":{{asked.Id}},"verb":"set-screen","body":{{body}} }""", Token);
        (await setting).Fault!.Code.ShouldBe(ErrorCode.AgentProtocol);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"steps":[],"kept":null,"unusable":[]}""")]
    [InlineData("""{"steps":[{"name":"mount","microseconds":-1}],"kept":[],"unusable":[]}""")]
    [InlineData("""{"steps":[],"kept":[null],"unusable":[]}""")]
    [InlineData("""{"steps":[],"kept":[],"unusable":[{"reason":"x"}]}""")]
    public async Task Attach_ImpossibleAnswer_IsAgentProtocol(string body)
    {
        await using var guest = await FakeGuest.ConnectAsync(Token);
        var attaching = guest.Host.AttachAsync(new AttachRequest([], null), Token);
        var asked = await guest.ReceiveAsync(Token);
        await guest.SendAsync($$"""{"id":{{asked.Id}},"verb":"attach","body":{{body}} }""", Token);
        (await attaching).Fault!.Code.ShouldBe(ErrorCode.AgentProtocol);
    }

    [Fact]
    public async Task Attach_LongReason_IsOneCleanLine()
    {
        await using var guest = await FakeGuest.ConnectAsync(Token);
        var attaching = guest.Host.AttachAsync(new AttachRequest([], null), Token);
        var asked = await guest.ReceiveAsync(Token);
        await guest.SendAsync(
            $$"""{"id":{{asked.Id}},"verb":"attach","body":{"steps":[],"kept":[],"unusable":[{"serial":"a","reason":"b\n\u001b{{new string('x', 5000)}}"}]} }""", Token);
        var reason = (await attaching).Value.Unusable.ShouldHaveSingleItem().Reason;
        reason.Any(char.IsControl).ShouldBeFalse();
        reason.Length.ShouldBeLessThan(500);
    }

    [Fact]
    public async Task SetScreen_SilentGuest_IsAgentSilent()
    {
        await using var guest = await FakeGuest.ConnectAsync(Token);
        (await guest.Host.SetScreenAsync(new SetScreenRequest(1024, 768), TimeSpan.FromMilliseconds(100), Token)).Fault!.Code.ShouldBe(ErrorCode.AgentSilent);
    }
}
