using Mayfly.Cli.Output;
using Mayfly.Contracts.Api;
using Spectre.Console;

namespace Mayfly.Cli.Commands;

/// <summary>How sessions are shown.</summary>
internal static class SessionTable
{
    public static Table Of(IEnumerable<SessionView> sessions) => TextTable.Of(
        ["session", "pool", "machine", "user", "state", "began", "last input", "from"],
        sessions.Select(IReadOnlyList<string?> (session) =>
        [
            session.Id, session.Pool, session.Machine, session.User, State(session), Words.When(session.StartedAt),
            Words.When(session.LastInputAt), session.ClientAddress,
        ]));

    public static Grid Facts(SessionView session) => TextTable.Facts(
        ("Session", session.Id),
        ("Pool", session.Pool),
        ("Machine", session.Machine),
        ("User", session.User),
        ("State", State(session)),
        ("Began", Words.When(session.StartedAt)),
        ("Connected", Words.When(session.ConnectedAt)),
        ("Disconnected", Words.When(session.DisconnectedAt)),
        ("Last input", Words.When(session.LastInputAt)),
        ("Ended", Words.When(session.EndedAt)),
        ("From", session.Client is { } client ? $"{session.ClientAddress}, {Words.Kebab(client)}" : session.ClientAddress),
        ("Its user reads", session.Notice?.Message),
        ("Apps", string.Join(", ", session.Apps.Select(App))),
        ("Volume", session.VolumeFault is { } fault ? $"not there: {fault}" : session.Volume),
        ("Steps", string.Join(", ", session.Timeline.Select(step => $"{step.Name} {Words.Milliseconds(step.Seconds * 1000)}"))));

    private static string App(SessionApp app) =>
        $"{app.App} {app.Version}" + (app.Attached ? "" : app.Fault is { } fault ? $" (not there: {fault})" : $" ({Words.Kebab(app.Delivery)})");

    private static string State(SessionView session) => session.EndedAt is not null
        ? $"ended ({session.EndedBy ?? "unknown"})"
        : session.Connected ? "connected" : "disconnected";
}
