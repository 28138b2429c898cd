using System.CommandLine;
using Mayfly.Contracts.Api;
using Spectre.Console;

namespace Mayfly.Cli.Commands;

/// <summary><c>user password</c>.</summary>
internal sealed class UserPasswordCommand : VerbCommand
{
    private readonly Argument<string> _user = new("user") { Description = "User name" };
    private readonly SecretOptions _password = new("password", "without it one is made up and shown once");

    public UserPasswordCommand(CliEnvironment environment)
        : base(environment, "password", "Set the password of a local user; their sign-ins end.")
    {
        Arguments.Add(_user);
        _password.AddTo(this);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var user = parsed.GetRequiredValue(_user);
        var password = await _password.ReadAsync(cli, parsed, cancellationToken);
        if (password.Fault is { } fault)
            return cli.Report.Fail(fault);
        var set = await cli.Client.SetPasswordAsync(user, new SetPasswordRequest(password.Value), cancellationToken);
        return cli.Report.Show(set, done => new Text(
            $"The password of {user} is set." + (done.GeneratedPassword is null ? "" : $" Shown this once: {done.GeneratedPassword}")));
    }
}
