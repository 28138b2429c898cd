using System.CommandLine;
using Mayfly.Cli.Client;
using Mayfly.Cli.Output;

namespace Mayfly.Cli.Commands;

/// <summary>
/// A verb. To add one: derive, declare its arguments and options in the constructor, do one thing in <see cref="RunAsync"/>,
/// and list it in <see cref="CliApplication"/>.
/// </summary>
internal abstract class VerbCommand : Command
{
    private readonly CliEnvironment _environment;

    protected VerbCommand(CliEnvironment environment, string name, string description)
        : base(name, description)
    {
        _environment = environment;
        SetAction(InvokeAsync);
    }

    /// <summary>Does the work.</summary>
    /// <returns>The exit code.</returns>
    protected abstract Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken);

    private async Task<int> InvokeAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var report = new Report(_environment, parsed.GetValue(CommonOptions.Output));
        try
        {
            using var client = new MayflyClient(new ServerConnection(ServerAddress.Find(_environment.Variable)));
            return await RunAsync(new CliSession(client, report, _environment), parsed, cancellationToken);
        }
        catch (ServerUnreachableException exception)
        {
            return report.FailUnreachable(exception);
        }
        catch (UnexpectedAnswerException exception)
        {
            return report.Fail(exception.Message, ExitCodes.Failed, "UnexpectedAnswer");
        }
        catch (UriFormatException exception)
        {
            return report.Fail(exception.Message, ExitCodes.Usage, "InvalidRequest");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return report.Fail("Interrupted; what mayflyd was doing goes on.", ExitCodes.Interrupted, "Interrupted");
        }
    }
}
