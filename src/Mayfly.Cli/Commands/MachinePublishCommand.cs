using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>machine publish</c>: an image from a machine as it runs.</summary>
internal sealed class MachinePublishCommand : OperationCommand
{
    private readonly Argument<string> _machine = new("machine") { Description = "Machine name" };
    private readonly Option<string> _image = new("--as") { Description = "Image to add a version to; made if there is none", Required = true };
    private readonly Option<bool> _withSession = new("--with-session")
    {
        Description = "Publish it although somebody uses it or has used it: all they have in it is then in every machine of the image",
    };

    public MachinePublishCommand(CliEnvironment environment)
        : base(environment, "publish", "Publish a running machine as it is into a new image version; the machine goes on.")
    {
        Arguments.Add(_machine);
        Options.Add(_image);
        Options.Add(_withSession);
    }

    protected override Task<Outcome<OperationView>> StartAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Client.PublishMachineAsync(
            parsed.GetRequiredValue(_machine), new PublishMachineRequest(parsed.GetRequiredValue(_image), parsed.GetValue(_withSession)), cancellationToken);
}
