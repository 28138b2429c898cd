using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Hosts;

namespace Mayfly.Control.Tests.Hosts;

public sealed class HouseDoctorTests
{
    private static readonly DoctorReport Able = new("10.0", "kvm", "It runs.", true, [new DoctorCheck("kvm", "ok", "There.", null)]);

    [Fact]
    public void Sum_HostsThatDiffer_TellsOfEach()
    {
        var report = HouseDoctor.Sum([("h1", Able), ("h2", Able with { Accelerator = "tcg", AcceleratorReason = "No KVM.", Isolated = false })]);

        (report.Qemu, report.Accelerator, report.AcceleratorReason, report.Isolated).ShouldBe(("10.0", "kvm, tcg", "It runs. No KVM.", false));
        report.Checks.Select(check => check.Name).ShouldBe(["h1: kvm", "h2: kvm"]);
    }

    [Fact]
    public void Sum_HostThatGivesNone_IsAnErrorAmongTheChecks()
    {
        var report = HouseDoctor.Sum([("h1", Able), ("h2", new Fault(ErrorCode.HostUnreachable, "It does not answer.", null, "See whether it runs."))]);

        report.Isolated.ShouldBeTrue();
        report.Checks[^1].ShouldBe(new DoctorCheck("h2", "error", "It does not answer.", "See whether it runs."));
    }
}
