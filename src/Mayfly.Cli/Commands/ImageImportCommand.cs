using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>image import</c>: step 1 of the main path, from a file.</summary>
internal sealed class ImageImportCommand : OperationCommand
{
    private readonly Argument<string> _file = new("file") { Description = "qcow2 file on mayflyd's host, with the Mayfly agent in it" };
    private readonly Option<string?> _name = new("--name") { Description = "Image to add a version to; the file's name when left out" };
    private readonly Option<int> _memory = new("--memory") { Description = "Guest memory in MiB", DefaultValueFactory = _ => 2048 };
    private readonly Option<int> _cpus = new("--cpus") { Description = "Virtual CPUs", DefaultValueFactory = _ => 1 };

    public ImageImportCommand(CliEnvironment environment)
        : base(environment, "import", "Import a qcow2 file as a golden image version.")
    {
        Arguments.Add(_file);
        Options.Add(_name);
        Options.Add(_memory);
        Options.Add(_cpus);
    }

    protected override Task<Outcome<OperationView>> StartAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(parsed.GetRequiredValue(_file));
        var name = parsed.GetValue(_name) ?? Path.GetFileNameWithoutExtension(path).ToLowerInvariant();
        var request = new ImportImageRequest(name, path, parsed.GetValue(_memory), parsed.GetValue(_cpus));
        return cli.Client.ImportImageAsync(request, cancellationToken);
    }
}
