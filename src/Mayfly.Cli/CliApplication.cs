using System.CommandLine;
using Mayfly.Cli.Commands;

namespace Mayfly.Cli;

/// <summary>The whole command line: every verb, and what happens to one invocation.</summary>
public static class CliApplication
{
    /// <summary>Runs one command line.</summary>
    /// <param name="arguments">Arguments, the program's name not among them.</param>
    /// <param name="environment">Where it runs.</param>
    /// <param name="cancellationToken">Interrupts it, as Ctrl+C does.</param>
    /// <returns>One of <see cref="ExitCodes"/>, or the status of a guest program.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, CliEnvironment environment, CancellationToken cancellationToken = default)
    {
        var root = BuildRoot(environment);
        var parsed = root.Parse(arguments);
        if (parsed.CommandResult.Command is { Action: null } group && group.Subcommands.Count > 0 && parsed.UnmatchedTokens.Count == 0)
        {
            await root.Parse([.. arguments, "--help"]).InvokeAsync(new InvocationConfiguration { Output = environment.Error }, cancellationToken);
            return ExitCodes.Usage;
        }

        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                await environment.Error.WriteLineAsync(error.Message);
            await environment.Error.WriteLineAsync("Ask for help with --help. [InvalidRequest]");
            return ExitCodes.Usage;
        }

        var configuration = new InvocationConfiguration { Output = environment.Out, Error = environment.Error };
        return await parsed.InvokeAsync(configuration, cancellationToken);
    }

    private static RootCommand BuildRoot(CliEnvironment environment) =>
        new("Mayfly: instant-clone desktops. Talks to the local mayflyd, or to the one MAYFLY_URL and MAYFLY_TOKEN name.")
        {
            CommonOptions.Output,
            new DoctorCommand(environment),
            Group("image", "Golden images and warm images.",
                new ImageListCommand(environment), new ImageBuildCommand(environment), new ImageImportCommand(environment),
                new ImagePublishCommand(environment), new ImageUnpublishCommand(environment)),
            Group("pool", "Pools of machines.",
                new PoolListCommand(environment), new PoolCreateCommand(environment), new PoolShowCommand(environment),
                new PoolDeleteCommand(environment)),
            Group("machine", "Machines: desktops forked from warm images.",
                new MachineListCommand(environment), new MachineShowCommand(environment), new MachineForkCommand(environment),
                new MachineExecCommand(environment), new MachineDeleteCommand(environment)),
            Group("user", "Local users.",
                new UserListCommand(environment), new UserAddCommand(environment), new UserTokenCommand(environment)),
            Group("entitlement", "Who may use which pool.",
                new EntitlementListCommand(environment), new EntitlementAddCommand(environment),
                new EntitlementRemoveCommand(environment)),
            Group("event", "What happened.", new EventListCommand(environment)),
            new DemoCommand(environment),
        };

    private static Command Group(string name, string description, params ReadOnlySpan<Command> verbs)
    {
        var group = new Command(name, description);
        foreach (var verb in verbs)
            group.Subcommands.Add(verb);
        return group;
    }
}
