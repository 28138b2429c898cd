using System.CommandLine;
using Mayfly.Cli.Output;
using Mayfly.Contracts.Api;
using Spectre.Console;

namespace Mayfly.Cli.Commands;

/// <summary><c>user add</c>.</summary>
internal sealed class UserAddCommand : VerbCommand
{
    private readonly Argument<string> _name = new("name") { Description = "Login name" };
    private readonly Option<string?> _displayName = new("--display-name") { Description = "Name shown" };
    private readonly Option<bool> _administrator = new("--administrator") { Description = "Make an administrator of the house" };
    private readonly SecretOptions _password = new("password", "without it one is made up and shown once");

    public UserAddCommand(CliEnvironment environment)
        : base(environment, "add", "Add a local user.")
    {
        Arguments.Add(_name);
        Options.Add(_displayName);
        Options.Add(_administrator);
        _password.AddTo(this);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var password = await _password.ReadAsync(cli, parsed, cancellationToken);
        if (password.Fault is { } fault)
            return cli.Report.Fail(fault);
        var request = new AddUserRequest(
            parsed.GetRequiredValue(_name), parsed.GetValue(_displayName), password.Value, parsed.GetValue(_administrator));
        return cli.Report.Show(await cli.Client.AddUserAsync(request, cancellationToken), Render);
    }

    private static Text Render(UserAdded added) => new(
        $"User {Words.Printable(added.User.Name)} is added."
        + (added.GeneratedPassword is null ? "" : $" Password, shown this once: {added.GeneratedPassword}"));
}
