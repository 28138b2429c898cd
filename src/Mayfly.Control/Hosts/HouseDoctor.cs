using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Control.Hosts;

/// <summary>Makes one report of those of several hosts.</summary>
internal static class HouseDoctor
{
    /// <summary>What all hosts have in common, and each check with the name of its host. One that gave no report is an error among the checks.</summary>
    public static DoctorReport Sum(IReadOnlyList<(string Host, Outcome<DoctorReport> Report)> reports)
    {
        var known = reports.Where(entry => entry.Report.Fault is null).Select(entry => entry.Report.Value).ToList();
        return new DoctorReport(
            All(known.Select(report => report.Qemu)), All(known.Select(report => report.Accelerator)) ?? "", string.Join(' ', known.Select(report => report.AcceleratorReason).Distinct()),
            known.Count > 0 && known.TrueForAll(report => report.Isolated), [.. reports.SelectMany(ChecksOf)]);
    }

    private static string? All(IEnumerable<string?> words) => words.OfType<string>().Distinct().ToList() is { Count: > 0 } all ? string.Join(", ", all) : null;

    private static IEnumerable<DoctorCheck> ChecksOf((string Host, Outcome<DoctorReport> Report) entry) => entry.Report.TryGet(out var report, out var fault)
        ? report.Checks.Select(check => check with { Name = $"{entry.Host}: {check.Name}" })
        : [new DoctorCheck(entry.Host, "error", fault.What, fault.Remedy)];
}
