using System.CommandLine;
using Mayfly.Cli.Output;
using Mayfly.Contracts.Api;
using Spectre.Console;

namespace Mayfly.Cli.Commands;

/// <summary><c>doctor</c>: what a host can do, with a remedy for each lack.</summary>
internal sealed class DoctorCommand : VerbCommand
{
    private readonly Option<string?> _host = new("--host") { Description = "Name of the host; the server's own unless given" };

    public DoctorCommand(CliEnvironment environment)
        : base(environment, "doctor", "Examine what a host can do, with a remedy for each lack.") => Options.Add(_host);

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var outcome = await cli.Client.DoctorAsync(cancellationToken, parsed.GetValue(_host));
        var exitCode = cli.Report.Show(outcome, Render);
        var lacking = outcome.TryGet(out var report, out _) && report.Checks.Any(check => check.Level is "error");
        return lacking ? ExitCodes.HostUnfit : exitCode;
    }

    private static Rows Render(DoctorReport report) => new(
        TextTable.Facts(
            ("QEMU", report.Qemu ?? "not found"),
            ("Accelerator", $"{report.Accelerator}: {report.AcceleratorReason}"),
            ("Isolation", report.Isolated
                ? "yes: KVM separates machines from each other and from the host"
                : "NO: under emulation QEMU promises no isolation; only for trying out, with guests you trust")),
        TextTable.Of(["", "check", "found", "what to do"], report.Checks.Select(Row)));

    private static IReadOnlyList<string?> Row(DoctorCheck check) => [check.Level, check.Name, check.Message, check.Remedy];
}
