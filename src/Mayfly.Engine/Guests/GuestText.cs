using Mayfly.Contracts.Agent;

namespace Mayfly.Engine.Guests;

/// <summary>
/// Text that came from a guest, made fit for logs and people: bounded, one line, no control characters. Each Check returns the record
/// made fit, or null when it is malformed beyond that.
/// </summary>
internal static class GuestText
{
    private const int MaxLine = 400;
    private const int MaxItems = 1000;
    private const int MaxExitCode = 255;

    /// <summary>One bounded line; everything that could move a terminal's cursor or fake a line becomes a space.</summary>
    internal static string OneLine(string? text)
    {
        text = text?.Trim() ?? "";
        var cut = text.Length > MaxLine ? text[..MaxLine] + "..." : text;
        return string.Create(cut.Length, cut, (line, source) =>
        {
            for (var i = 0; i < line.Length; i++)
                line[i] = IsPlain(source[i]) ? source[i] : ' ';
        });
    }

    internal static AgentHello? Check(AgentHello hello) => hello is { AgentVersion: not null, OsName: not null, Kernel: not null, Capabilities.Count: <= MaxItems }
        ? hello with
        {
            AgentVersion = OneLine(hello.AgentVersion),
            OsName = OneLine(hello.OsName),
            Kernel = OneLine(hello.Kernel),
            Capabilities = [.. hello.Capabilities.Select(OneLine)],
            Os = hello.Os is null ? null : OneLine(hello.Os),
        }
        : null;

    internal static SettleReport? Check(SettleReport report) =>
        double.IsFinite(report.DesktopSeconds) && double.IsFinite(report.QuietSeconds) && report.DesktopSeconds >= 0 && report.QuietSeconds >= 0 ? report : null;

    internal static CleanseReport? Check(CleanseReport report) => report is { Removed.Count: <= MaxItems, Connections: >= 0 }
        ? report with { Removed = [.. report.Removed.Select(OneLine)] }
        : null;

    internal static ClonePrepReport? Check(ClonePrepReport report)
    {
        if (!AreSteps(report.Steps))
            return null;
        var checkedRun = report.PostSync is { } run ? Check(run) : null;
        return checkedRun is null && report.PostSync is not null
            ? null
            : new ClonePrepReport([.. report.Steps.Select(step => step with { Name = OneLine(step.Name) })], checkedRun);
    }

    // Output is the program's own bytes for whoever asked: bounded, but not made one line.
    internal static ExecResult? Check(ExecResult result) =>
        result is { Stdout.Length: <= ExecResult.MaxOutputBytes, Stderr.Length: <= ExecResult.MaxOutputBytes, ExitCode: >= 0 and <= MaxExitCode } ? result : null;

    internal static SetScreenReport? Check(SetScreenReport report) => new SetScreenRequest(report.Width, report.Height).IsPossible ? report : null;

    internal static PackReport? Check(PackReport report) => report is { Bytes: >= 0, Entries: >= 0 } ? report : null;

    internal static AttachReport? Check(AttachReport report)
    {
        if (!AreSteps(report.Steps) || report is not { Kept.Count: <= MaxItems, Unusable.Count: <= MaxItems }
            || report.Kept.Any(one => one?.Serial is null) || report.Unusable.Any(one => one?.Serial is null))
            return null;
        return report with
        {
            Steps = [.. report.Steps.Select(step => step with { Name = OneLine(step.Name) })],
            Kept = [.. report.Kept.Select(one => one with { Program = OneLine(one.Program) })],
            Unusable = [.. report.Unusable.Select(one => one with { Reason = OneLine(one.Reason) })],
        };
    }

    internal static ReleaseReport? Check(ReleaseReport report) => report is { Ended: >= 0, Killed: >= 0 } ? report : null;

    internal static LaunchReport? Check(LaunchReport report) => report.Id is null ? null : report;

    internal static PersonaSaveReport? Check(PersonaSaveReport report) =>
        report is { Archives.Count: <= MaxItems } && report.Archives.All(span => span is { Name: not null, Offset: >= 0, Bytes: > 0 }) && Check(report.Problems) is { } problems
            ? report with { Problems = problems }
            : null;

    internal static PersonaLoadReport? Check(PersonaLoadReport report) => Check(report.Problems) is { } problems ? new PersonaLoadReport(problems) : null;

    // Names are looked for among those that the guest was given, and shown nowhere.
    internal static WatchProgramsReport? Check(WatchProgramsReport report) => report is { Ready.Count: <= MaxItems, Late.Count: <= MaxItems } ? report : null;

    internal static ProgramReport? Check(ProgramReport report) => report.Name is null ? null : report;

    internal static EnvironmentReport? Check(EnvironmentReport report) => report is { Problems.Count: <= MaxItems } && report.Problems.All(problem => problem is not null)
        ? new EnvironmentReport([.. report.Problems.Select(problem => new EnvironmentProblem(OneLine(problem.Name), OneLine(problem.Reason)))])
        : null;

    private static IReadOnlyList<PersonaProblem>? Check(IReadOnlyList<PersonaProblem>? problems) =>
        problems is { Count: <= MaxItems } && problems.All(problem => problem?.Name is not null) ? [.. problems.Select(problem => problem with { Reason = OneLine(problem.Reason) })] : null;

    private static bool AreSteps(IReadOnlyList<PrepStep>? steps)
    {
        const int maxSteps = 32;
        return steps is { Count: <= maxSteps } && !steps.Any(step => step?.Name is null || step.Microseconds < 0);
    }

    private static bool IsPlain(char c) => !char.IsControl(c)
        && char.GetUnicodeCategory(c) is not (System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.LineSeparator
            or System.Globalization.UnicodeCategory.ParagraphSeparator or System.Globalization.UnicodeCategory.Surrogate);
}
