using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>app capture</c>.</summary>
internal sealed class AppCaptureCommand : VerbCommand
{
    private const int UsualMib = 4096;
    private const int LongestScript = 64 * 1024;

    private readonly Argument<string> _app = new("app") { Description = "Application name" };
    private readonly Option<string> _version = new("--version") { Description = "Version of the package it becomes", Required = true };
    private readonly Option<string> _image = new("--image") { Description = "Golden image to fork, or image@version", Required = true };
    private readonly Option<string?> _base = new("--base") { Description = "Version of the application to build on" };
    private readonly Option<string[]> _packages = new("--package") { Description = "Debian package to install; may be repeated" };
    private readonly Option<string[]> _files = new("--deb") { Description = ".deb file on mayflyd's host to install; may be repeated" };
    private readonly Option<string?> _script = new("--script") { Description = "File on this computer with a shell script to run as root in the guest" };
    private readonly Option<int> _size = new("--size") { Description = "Most that can be captured in MiB", DefaultValueFactory = _ => UsualMib };
    private readonly Option<bool> _privileged = new("--allow-privileged") { Description = "Take files that give rights" };
    private readonly Option<bool> _watch = new("--watch", "-w") { Description = "Show how it goes until it has ended, or waits to be finished by hand" };

    public AppCaptureCommand(CliEnvironment environment)
        : base(environment, "capture", "Begin a capture: what is installed in a machine of its own becomes a package.")
    {
        Arguments.Add(_app);
        foreach (var option in (Option[])[_version, _image, _base, _packages, _files, _script, _size, _privileged, _watch])
            Options.Add(option);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(parsed, cancellationToken);
        if (!read.TryGet(out var request, out var fault))
            return cli.Report.Fail(fault);
        var begun = await cli.Client.BeginCaptureAsync(request, cancellationToken);
        if (begun.Fault is null && parsed.GetValue(_watch))
            begun = await CaptureProgress.FollowAsync(cli, begun.Value, cancellationToken);
        return cli.Report.Show(begun, AppTable.Facts);
    }

    private async Task<Outcome<BeginCaptureRequest>> ReadAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var image = ImageReference.Parse(parsed.GetRequiredValue(_image));
        string? script = null;
        if (parsed.GetValue(_script) is { } file)
        {
            if (!File.Exists(file) || new FileInfo(file).Length > LongestScript)
                return new Fault(ErrorCode.InvalidRequest, $"\"{file}\" is no script.", "It is not there, or has more than 64 KiB.");
            script = await File.ReadAllTextAsync(file, cancellationToken);
        }

        return new BeginCaptureRequest(parsed.GetRequiredValue(_app), parsed.GetRequiredValue(_version), image.Name)
        {
            ImageVersion = image.Version,
            Base = parsed.GetValue(_base),
            Packages = parsed.GetValue(_packages) ?? [],
            Files = [.. (parsed.GetValue(_files) ?? []).Select(Path.GetFullPath)],
            Script = script,
            SizeMib = parsed.GetValue(_size),
            AllowPrivileged = parsed.GetValue(_privileged),
        };
    }
}
