using Mayfly.Cli.Output;
using Mayfly.Contracts.Api;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary>How a person is shown to the help desk.</summary>
internal static class PersonPage
{
    public static Rows Of(PersonView person) => new(
        UserTable.Facts(person.User),
        Section("May use", TextTable.Of(["pool", "shown as", "by group"], person.Desktops.Select(IReadOnlyList<string?> (desktop) =>
            [desktop.Pool, desktop.DisplayName, desktop.Group]))),
        Section("Sessions", SessionTable.Of(person.Sessions)),
        Section("Machines", MachineTable.Of(person.Machines)),
        Section("Signed in", TextTable.Of(["from", "with", "since", "last seen"], person.SignIns.Select(IReadOnlyList<string?> (signIn) =>
            [signIn.Address, signIn.Client, Words.When(signIn.CreatedAt), Words.When(signIn.LastSeenAt)]))),
        Section("Problems", EventTable.Of(person.Problems)));

    private static Rows Section(string title, IRenderable content) => new(new Text(""), new Text(title), content);
}
