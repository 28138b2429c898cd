using System.CommandLine;
using Mayfly.Cli.Notation;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>pool create</c>.</summary>
internal sealed class PoolCreateCommand : VerbCommand
{
    private readonly Argument<string> _name = new("name") { Description = "Unique name: a-z, 0-9 and '-'" };
    private readonly Option<string> _image = new("--image") { Description = "Image, or image@version", Required = true };
    private readonly Option<PoolAssignment?> _assignment =
        ReadOption.Choice<PoolAssignment>("--assignment", "A machine is destroyed at log-off, or kept for its owner");

    private readonly Option<ProvisioningKind?> _provisioning =
        ReadOption.Choice<ProvisioningKind>("--provisioning", "Machines are forked while running, booted from an overlay, or booted from a whole copy");

    private readonly Option<string?> _names = new("--name-pattern") { Description = "Machine names; {n} is a number, {n:fixed=3} pads it" };
    private readonly PoolSettingsOptions _settings = new();

    public PoolCreateCommand(CliEnvironment environment)
        : base(environment, "create", "Create a pool of machines of an image.")
    {
        Arguments.Add(_name);
        foreach (var option in (Option[])[_image, _assignment, _provisioning, _names])
            Options.Add(option);
        _settings.AddTo(this);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var image = ImageReference.Parse(parsed.GetRequiredValue(_image));
        var plain = new CreatePoolRequest
        {
            Name = parsed.GetRequiredValue(_name),
            Image = image.Name,
            Version = image.Version,
            Assignment = parsed.GetValue(_assignment) ?? default,
            Provisioning = parsed.GetValue(_provisioning) ?? default,
            NamePattern = parsed.GetValue(_names),
        };
        if (!_settings.Apply(parsed, plain, cli.Environment.Clock).TryGet(out var request, out var fault))
            return cli.Report.Fail(fault);
        return cli.Report.Show(await cli.Client.CreatePoolAsync((CreatePoolRequest)request, cancellationToken), PoolFacts.Of);
    }
}
