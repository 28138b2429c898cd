using Mayfly.Cli.Output;
using Mayfly.Contracts.Api;
using Spectre.Console;

namespace Mayfly.Cli.Commands;

/// <summary>How users are shown.</summary>
internal static class UserTable
{
    public static Table Of(IEnumerable<UserView> users) => TextTable.Of(
        ["user", "name", "from", "may sign in", "administrator", "second factor", "groups", "last sign-in"],
        users.Select(IReadOnlyList<string?> (user) =>
        [
            user.Name, user.DisplayName, user.Source, State(user), YesOrNone(user.Administrator), YesOrNone(user.SecondFactor),
            string.Join(", ", user.Groups), Words.When(user.LastSignInAt),
        ]));

    public static Grid Facts(UserView user) => TextTable.Facts(
        ("User", user.Name),
        ("Name", user.DisplayName),
        ("From", user.Source),
        ("May sign in", State(user)),
        ("Administrator", YesOrNone(user.Administrator)),
        ("Second factor", YesOrNone(user.SecondFactor)),
        ("Groups", string.Join(", ", user.Groups)),
        ("Last sign-in", Words.When(user.LastSignInAt)));

    private static string State(UserView user) => (user.Enabled, user.LockedUntil) switch
    {
        (false, _) => "no, disabled",
        (true, { } until) => $"not before {Words.When(until)}",
        (true, null) => "yes",
    };

    private static string? YesOrNone(bool holds) => holds ? "yes" : null;
}
