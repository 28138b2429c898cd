using Mayfly.Cli.Output;
using Mayfly.Contracts.Api;
using Spectre.Console;

namespace Mayfly.Cli.Commands;

/// <summary>How applications, their packages and captures are shown.</summary>
internal static class AppTable
{
    public static Table Of(IEnumerable<AppView> apps) => TextTable.Of(
        ["app", "name", "current", "versions", "precedence", "assigned to"],
        apps.Select(IReadOnlyList<string?> (app) =>
            [app.Name, app.DisplayName, app.Current, Words.Number(app.Packages.Count), Words.Number(app.Precedence), string.Join(", ", app.Assignments.Select(Whom))]));

    public static Rows Facts(AppView app) => new(
        TextTable.Facts(
            ("App", app.Name), ("Name", app.DisplayName), ("Description", app.Description), ("Precedence", Words.Number(app.Precedence)), ("Current", app.Current)),
        TextTable.Of(
            ["version", "stage", "os", "size", "content", "machines", "made", "by", "programs"],
            app.Packages.Select(IReadOnlyList<string?> (package) =>
            [
                package.Version, Words.Kebab(package.Stage), package.Os, Words.Bytes(package.Bytes), Words.Bytes(package.ContentBytes), Words.Number(package.Machines),
                Words.When(package.CreatedAt), package.CreatedBy, string.Join(", ", package.Programs.Select(program => program.Name)),
            ])),
        TextTable.Of(
            ["assignment", "to", "version", "delivery"],
            app.Assignments.Select(IReadOnlyList<string?> (assignment) =>
                [assignment.Id, Whom(assignment), assignment.Version ?? "current", Words.Kebab(assignment.Delivery)])));

    public static Grid Facts(PackageView package) => TextTable.Facts(
        ("App", package.App), ("Version", package.Version), ("Stage", Words.Kebab(package.Stage)), ("OS", package.Os), ("Size", Words.Bytes(package.Bytes)));

    public static Grid Facts(AppAssignmentView assignment) => TextTable.Facts(
        ("Assignment", assignment.Id), ("App", assignment.App), ("To", Whom(assignment)), ("Version", assignment.Version ?? "current"), ("Delivery", Words.Kebab(assignment.Delivery)));

    public static Table Of(IEnumerable<CaptureView> captures) => TextTable.Of(
        ["capture", "app", "version", "image", "state", "step", "began", "by"],
        captures.Select(IReadOnlyList<string?> (capture) =>
            [capture.Id, capture.App, capture.Version, capture.Image, Words.Kebab(capture.State), capture.Step, Words.When(capture.StartedAt), capture.StartedBy]));

    public static Grid Facts(CaptureView capture) => TextTable.Facts(
        ("Capture", capture.Id), ("App", capture.App), ("Version", capture.Version), ("Builds on", capture.Base), ("Image", capture.Image),
        ("State", Words.Kebab(capture.State)), ("Step", capture.Step), ("Began", Words.When(capture.StartedAt)), ("Ended", Words.When(capture.EndedAt)),
        ("Problem", capture.Fault?.ToString()));

    private static string Whom(AppAssignmentView assignment) =>
        assignment.User is { } user ? $"user {user}" : assignment.Group is { } group ? $"group {group}" : $"pool {assignment.Pool}";
}
