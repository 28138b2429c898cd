using System.Text;
using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Engine;
using Mayfly.Engine.Attaching;
using Mayfly.Engine.Exchange;
using Mayfly.Engine.Shipping;
using Mayfly.HostKit;
using Mayfly.TestKit;

namespace Mayfly.Remote.Tests;

public sealed class RemoteMachineTests
{
    private static readonly ImageVersion Image = new("micro", "v1");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Provision_Answered_IsAmongTheMachinesAtOnce()
    {
        await using var host = await HostOfHouse.StartAsync();
        var remote = await host.HearAsync();
        var seen = new List<MachinePhase>();

        for (var number = 0; number < 50; number++)
        {
            var made = await remote.Machines.ProvisionAsync(new ProvisionRequest($"m{number}", $"vm{number}", Image), machine => seen.Add(machine.Phase), Token);

            made.Value.Ready.ShouldBeTrue();
            remote.Machines.Find($"m{number}").ShouldBeEquivalentTo(made.Value with { Host = "h1" });
        }

        seen.ShouldAllBe(phase => phase == MachinePhase.Customizing);
        remote.Machines.Machines.Count.ShouldBe(50);
    }

    [Fact]
    public async Task Watch_LineWithoutEnd_IsNotReadOn()
    {
        await using var host = await HostOfHouse.StartAsync();
        (await host.Machines.ProvisionAsync(new ProvisionRequest("m1", new string('x', 20 << 20), Image), null, Token)).Fault.ShouldBeNull();

        var remote = host.Dial();

        // The lease is renewed, but a host that is not understood is not heard.
        await Eventually.HoldsAsync(() => Task.FromResult(remote.Pulse is not null), "it has answered");
        await Task.Delay(TimeSpan.FromSeconds(1), Token);
        remote.Heard.IsCompleted.ShouldBeFalse();
        await host.Machines.DestroyAsync("m1");
        await remote.Heard.WaitAsync(TimeSpan.FromSeconds(30), Token);
    }

    [Fact]
    public async Task Destroy_Answered_IsGoneAtOnce()
    {
        await using var host = await HostOfHouse.StartAsync();
        var remote = await host.HearAsync();
        await remote.Machines.ProvisionAsync(new ProvisionRequest("m1", "vm1", Image), null, Token);

        await remote.Machines.DestroyAsync("m1");

        remote.Machines.Find("m1").ShouldBeNull();
        host.Machines.Find("m1").ShouldBeNull();
    }

    [Fact]
    public async Task Provision_Fault_IsTheHosts()
    {
        await using var host = await HostOfHouse.StartAsync();
        host.Machines.OnProvision = (_, _) => Task.FromResult<Fault?>(new Fault(ErrorCode.HostMemoryLow, "No memory.", "All taken.", "Buy some."));
        var remote = await host.HearAsync();

        var made = await remote.Machines.ProvisionAsync(new ProvisionRequest("m1", "vm1", Image), null, Token);

        made.Fault.ShouldBe(new Fault(ErrorCode.HostMemoryLow, "No memory.", "All taken.", "Buy some."));
    }

    [Fact]
    public async Task Provision_Cancelled_IsCancelledOnTheHost()
    {
        await using var host = await HostOfHouse.StartAsync();
        var given = new TaskCompletionSource();
        host.Machines.OnProvision = async (_, token) =>
        {
            using var noted = token.Register(given.SetResult);
            await Task.Delay(Timeout.Infinite, token);
            return null;
        };
        var remote = await host.HearAsync();
        using var cancel = new CancellationTokenSource();
        var making = remote.Machines.ProvisionAsync(new ProvisionRequest("m1", "vm1", Image), null, cancel.Token);
        await Eventually.HoldsAsync(() => Task.FromResult(!host.Machines.Provisioned.IsEmpty), "the host makes it");

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(making);
        await given.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
    }

    [Fact]
    public async Task Calls_OfEachKind_ArriveWhole()
    {
        await using var host = await HostOfHouse.StartAsync();
        var remote = await host.HearAsync();
        await remote.Machines.ProvisionAsync(new ProvisionRequest("m1", "vm1", Image) { Keep = true, Mac = "52:54:00:00:00:01" }, null, Token);
        host.Machines.Sound = true;

        (await remote.Machines.ExecAsync("m1", new ExecRequest(["echo", "hi"], 5), Token)).Value.Stdout.ShouldBe("echo hi");
        (await remote.Machines.CaptureAsync("m1", 100, Token)).Value.ShouldBe([0xff, 0xd8, 0xff, 0xd9]);
        (await remote.Machines.HasSoundAsync("m1", Token)).ShouldBeTrue();
        var wanted = new Attachments(["p1", "p2"], new VolumeAttachment("v1", Contracts.Api.VolumeKind.Profile));
        (await remote.Machines.AttachAsync("m1", wanted, Token)).Value.Attached.Volume.ShouldBe(wanted.Volume);
        remote.Machines.Find("m1")!.Attached.Packages.ShouldBe(wanted.Packages);
        (await remote.Machines.ReleaseAsync("m1", TimeSpan.FromSeconds(3), Token)).Fault.ShouldBeNull();
        remote.Machines.Find("m1")!.Attached.Volume.ShouldBeNull();
        (await remote.Machines.StopAsync("m1", TimeSpan.FromSeconds(7))).Fault.ShouldBeNull();
        host.Machines.Stopped.ShouldContain(("m1", TimeSpan.FromSeconds(7)));
        (await remote.Machines.StartAsync("m1", null, Token)).Value.Phase.ShouldBe(MachinePhase.Ready);
        (await remote.Machines.MeasureAsync(Token)).Machines.ShouldHaveSingleItem().MachineId.ShouldBe("m1");
        (await remote.Machines.ExamineAsync(Token)).Value.Accelerator.ShouldBe("tcg");
        remote.Machines.Expect(new Dictionary<ImageVersion, int> { [Image] = 3 });
        await Eventually.HoldsAsync(() => Task.FromResult(host.Machines.Expected.GetValueOrDefault(Image) == 3), "the shells are wanted");
        host.Machines.Provisioned.ShouldHaveSingleItem().Mac.ShouldBe("52:54:00:00:00:01");
    }

    [Fact]
    public async Task OpenDisplay_BothWays_CarriesBytes()
    {
        await using var host = await HostOfHouse.StartAsync();
        var (near, far) = (new System.IO.Pipelines.Pipe(), new System.IO.Pipelines.Pipe());
        host.Machines.OnDisplay = _ => Task.FromResult<Stream>(new TwoWays(near.Reader.AsStream(), far.Writer.AsStream()));
        var remote = await host.HearAsync();
        await remote.Machines.ProvisionAsync(new ProvisionRequest("m1", "vm1", Image), null, Token);

        await using var display = (await remote.Machines.OpenDisplayAsync("m1", Token)).Value;
        await near.Writer.WriteAsync("RFB 003.008\n"u8.ToArray(), Token);
        var greeting = new byte[12];
        await display.ReadExactlyAsync(greeting, Token);
        await display.WriteAsync("answer"u8.ToArray(), Token);
        var answer = new byte[6];
        await far.Reader.AsStream().ReadExactlyAsync(answer, Token);

        Encoding.ASCII.GetString(greeting).ShouldBe("RFB 003.008\n");
        Encoding.ASCII.GetString(answer).ShouldBe("answer");
        // It ends on this side when it ends on that one.
        await near.Writer.CompleteAsync();
        (await display.ReadAsync(greeting, Token)).ShouldBe(0);
    }

    [Fact]
    public async Task OpenDisplay_NoMachine_IsAFault()
    {
        await using var host = await HostOfHouse.StartAsync();
        var remote = await host.HearAsync();

        (await remote.Machines.OpenDisplayAsync("none", Token)).Fault!.Code.ShouldBe(ErrorCode.MachineStateWrong);
    }

    [Fact]
    public async Task News_MachineEndsByItself_IsHeard()
    {
        await using var host = await HostOfHouse.StartAsync();
        var remote = await host.HearAsync();
        await remote.Machines.ProvisionAsync(new ProvisionRequest("m1", "vm1", Image), null, Token);

        host.Machines.Trouble("m1");
        host.Machines.Recover("m1");
        host.Machines.Crash("m1");

        await using var news = remote.Machines.WatchAsync(Token).GetAsyncEnumerator(Token);
        (await NextAsync(news)).ShouldBeOfType<HostMachineTrouble>().Fault.Code.ShouldBe(ErrorCode.MachineUnresponsive);
        (await NextAsync(news)).ShouldBeOfType<HostMachineRecovery>();
        (await NextAsync(news)).ShouldBeOfType<HostMachineExit>().Kept.ShouldBeFalse();
        remote.Machines.Find("m1").ShouldBeNull();
    }

    [Fact]
    public async Task Host_Restarted_IsHeardAnewAsItIs()
    {
        await using var host = await HostOfHouse.StartAsync();
        var remote = await host.HearAsync();
        await remote.Machines.ProvisionAsync(new ProvisionRequest("m1", "vm1", Image), null, Token);
        await remote.Machines.ProvisionAsync(new ProvisionRequest("m2", "vm2", Image), null, Token);
        await host.StopAsync();
        host.Machines.Vanish("m1");

        await host.RestartAsync();

        await Eventually.HoldsAsync(() => Task.FromResult(remote.Machines.Find("m1") is null), "what went meanwhile is gone");
        remote.Machines.Find("m2").ShouldNotBeNull().Trouble.ShouldBeNull();
        (await remote.Machines.ProvisionAsync(new ProvisionRequest("m3", "vm3", Image), null, Token)).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task RemoveVolume_SameStorageOnBothEnds_StaysAsItIsTheOnlyOne()
    {
        await using var host = await HostOfHouse.StartAsync();
        var remote = await host.HearAsync();
        var here = new FakeHostFiles { Storage = host.Files.Storage };
        host.Files[HostFileKind.Volume, "v1"] = [1];
        host.Files[HostFileKind.Persona, "a1"] = [1];

        (await remote.Files.RemoveAsync(here, HostFileKind.Volume, "v1", Token)).Fault.ShouldBeNull();
        (await remote.Files.RemoveAsync(here, HostFileKind.Persona, "a1", Token)).Fault.ShouldBeNull();
        host.Files.List(HostFileKind.Volume).ShouldHaveSingleItem();
        host.Files.List(HostFileKind.Persona).ShouldBeEmpty();

        here.Storage = "another";
        (await remote.Files.RemoveAsync(here, HostFileKind.Volume, "v1", Token)).Fault.ShouldBeNull();
        host.Files.List(HostFileKind.Volume).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(CargoKind.Volume, HostFileKind.Volume)]
    [InlineData(CargoKind.Package, HostFileKind.Package)]
    public async Task Ship_OverTheWire_IsThereAndBack(CargoKind kind, HostFileKind file)
    {
        await using var host = await HostOfHouse.StartAsync();
        var remote = await host.HearAsync();
        var here = new FakeHostFiles();
        var shipping = new FakeShipping(here);
        var cargo = new Cargo(kind, "x1");
        here[file, "x1"] = [1, 2, 3];

        (await Shipment.RunAsync(shipping, remote.Shipping, cargo, ShippingPurpose.Keep, null, Token)).Fault.ShouldBeNull();
        host.Files[file, "x1"].ShouldBe([1, 2, 3]);
        host.Files[file, "x1"] = [4];
        (await Shipment.RunAsync(remote.Shipping, shipping, cargo, ShippingPurpose.Keep, null, Token)).Fault.ShouldBeNull();

        here[file, "x1"].ShouldBe([4]);
        (await Shipment.RunAsync(remote.Shipping, shipping, cargo with { Id = "x2" }, ShippingPurpose.Keep, null, Token)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task CarryPersona_OverTheWire_IsThereAndBack()
    {
        await using var host = await HostOfHouse.StartAsync();
        var remote = await host.HearAsync();
        var here = new FakeHostFiles();
        here[HostFileKind.Persona, "a1"] = [1, 2, 3];
        host.Files[HostFileKind.Persona, "a2"] = [];

        (await remote.Files.SendPersonaAsync(here, "a1", Token)).Fault.ShouldBeNull();
        (await remote.Files.FetchPersonaAsync(here, "a2", Token)).Fault.ShouldBeNull();

        host.Files[HostFileKind.Persona, "a1"].ShouldBe([1, 2, 3]);
        here[HostFileKind.Persona, "a2"].ShouldBe([]);
        (await remote.Files.FetchPersonaAsync(here, "a3", Token)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
    }

    private static async Task<HostMachineNews> NextAsync(IAsyncEnumerator<HostMachineNews> news)
    {
        (await news.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token)).ShouldBeTrue();
        return news.Current;
    }

    private sealed class TwoWays(Stream from, Stream to) : Stream
    {
        public override bool CanRead => true;

        public override bool CanWrite => true;

        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => from.ReadAsync(buffer, cancellationToken);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => to.WriteAsync(buffer, cancellationToken);

        public override Task FlushAsync(CancellationToken cancellationToken) => to.FlushAsync(cancellationToken);

        public override void Flush() => to.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
