using System.CommandLine;
using Mayfly.Contracts.Api;
using Spectre.Console;

namespace Mayfly.Cli.Commands;

/// <summary><c>user add</c>.</summary>
internal sealed class UserAddCommand : VerbCommand
{
    private readonly Argument<string> _name = new("user") { Description = "Login name" };
    private readonly Option<string?> _displayName = new("--display-name") { Description = "Name shown" };
    private readonly Option<bool> _administrator = new("--administrator") { Description = "Make an administrator of the house" };
    private readonly Option<bool> _passwordFromInput = new("--password-stdin")
    {
        Description = "Read the password, one line, from standard input; without it one is made up and shown once",
    };

    public UserAddCommand(CliEnvironment environment)
        : base(environment, "add", "Add a local user.")
    {
        Arguments.Add(_name);
        foreach (var option in (Option[])[_displayName, _administrator, _passwordFromInput])
            Options.Add(option);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var password = parsed.GetValue(_passwordFromInput) ? await cli.Environment.In.ReadLineAsync(cancellationToken) ?? "" : null;
        var request = new AddUserRequest(
            parsed.GetRequiredValue(_name), parsed.GetValue(_displayName), password, parsed.GetValue(_administrator));
        return cli.Report.Show(await cli.Client.AddUserAsync(request, cancellationToken), Render);
    }

    private static Text Render(UserAdded added) => new(
        $"User {added.User.Name} is added."
        + (added.GeneratedPassword is null ? "" : $" Password, shown this once: {added.GeneratedPassword}"));
}
