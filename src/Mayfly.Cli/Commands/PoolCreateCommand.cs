using System.CommandLine;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>pool create</c>.</summary>
internal sealed class PoolCreateCommand : VerbCommand
{
    private readonly Argument<string> _name = new("pool") { Description = "Unique name: a-z, 0-9 and '-'" };
    private readonly Option<string> _image = new("--image") { Description = "Published image, or image@version", Required = true };
    private readonly Option<string?> _displayName = new("--display-name") { Description = "What users read on its card" };
    private readonly Option<int> _spare = new("--spare") { Description = "Machines kept ready", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _maximum = new("--maximum") { Description = "Most machines", DefaultValueFactory = _ => 10 };
    private readonly Option<string?> _names = new("--name-pattern") { Description = "Machine names; {n} is a number, {n:fixed=3} pads it" };
    private readonly Option<string[]> _postSync = new("--post-sync")
    {
        Description = "Program, and by repeating the option its arguments, run in the guest at the end of ClonePrep",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<int> _postSyncLimit = new("--post-sync-timeout") { Description = "Its limit in seconds", DefaultValueFactory = _ => 20 };

    public PoolCreateCommand(CliEnvironment environment)
        : base(environment, "create", "Create a pool of machines forked from a published image.")
    {
        Arguments.Add(_name);
        foreach (var option in (Option[])[_image, _displayName, _spare, _maximum, _names, _postSync, _postSyncLimit])
            Options.Add(option);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var image = ImageReference.Parse(parsed.GetRequiredValue(_image));
        var request = new CreatePoolRequest
        {
            Name = parsed.GetRequiredValue(_name),
            DisplayName = parsed.GetValue(_displayName),
            Image = image.Name,
            Version = image.Version,
            Spare = parsed.GetValue(_spare),
            Maximum = parsed.GetValue(_maximum),
            NamePattern = parsed.GetValue(_names),
            PostSync = parsed.GetValue(_postSync) ?? [],
            PostSyncTimeoutSeconds = parsed.GetValue(_postSyncLimit),
        };
        return cli.Report.Show(await cli.Client.CreatePoolAsync(request, cancellationToken), PoolTable.Facts);
    }
}
