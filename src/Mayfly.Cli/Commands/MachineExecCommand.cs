using System.CommandLine;
using Mayfly.Cli.Output;
using Mayfly.Contracts.Api;
using Spectre.Console;

namespace Mayfly.Cli.Commands;

/// <summary><c>machine exec</c>: runs a program in the guest and ends as it ended.</summary>
internal sealed class MachineExecCommand : VerbCommand
{
    private readonly Argument<string> _machine = new("machine") { Description = "Machine name" };
    private readonly Argument<string[]> _command = new("command")
    {
        Description = "After --: the program and its arguments, run as root without a shell",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<int> _timeout = new("--timeout") { Description = "Limit in seconds, 1 to 600", DefaultValueFactory = _ => 60 };

    public MachineExecCommand(CliEnvironment environment)
        : base(environment, "exec", "Run a program in a machine, as: machine exec NAME -- CMD ARG...")
    {
        Arguments.Add(_machine);
        Arguments.Add(_command);
        Options.Add(_timeout);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var request = new ExecMachineRequest(parsed.GetRequiredValue(_command), parsed.GetValue(_timeout));
        var outcome = await cli.Client.ExecAsync(parsed.GetRequiredValue(_machine), request, cancellationToken);
        if (!outcome.TryGet(out var result, out var fault))
            return cli.Report.Fail(fault);
        if (cli.Report.Format is OutputFormat.Json)
            cli.Report.Print(result, () => new Text(""));
        else
            await PassOnAsync(cli, result);
        return result.ExitCode;
    }

    private static async Task PassOnAsync(CliSession cli, ExecMachineResult result)
    {
        await cli.Environment.Out.WriteAsync(result.Stdout);
        await cli.Environment.Error.WriteAsync(result.Stderr);
        if (result.Truncated)
            await cli.Environment.Error.WriteLineAsync("mayfly: the output was longer than is kept and has been cut.");
    }
}
