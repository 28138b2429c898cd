using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Engine.Processes;

namespace Mayfly.Engine.Images;

/// <summary>What qemu-img says about a qcow2 file whose header <see cref="Qcow2Header"/> has passed.</summary>
internal sealed class Qcow2Inspector(ToolRunner tools)
{
    // qemu-img check: leaked clusters waste space but harm nobody.
    private const int CheckFoundLeaks = 3;

    /// <summary>The size the guest sees, in bytes. Faults: ToolMissing, ImageFormatUnsupported, ImageHasExternalReference.</summary>
    /// <param name="file">The file to look at.</param>
    /// <param name="path">How faults call it.</param>
    /// <param name="cancellationToken">Stops qemu-img.</param>
    public async Task<Outcome<long>> InspectAsync(string file, string path, CancellationToken cancellationToken)
    {
        if (!(await RunAsync("info", file, cancellationToken)).TryGet(out var info, out var noInfo))
            return noInfo;
        if (info.ExitCode != 0)
            return Qcow2Header.Unsupported(path, $"qemu-img cannot read it ({Last(info.Error)})", "Copy it again; it may be incomplete.");
        var size = ReadInfo(info.Output, path);
        if (size.Fault is not null)
            return size;

        if (!(await RunAsync("check", file, cancellationToken)).TryGet(out var check, out var noCheck))
            return noCheck;
        return check.ExitCode is 0 or CheckFoundLeaks
            ? size
            : Qcow2Header.Unsupported(path, $"qemu-img check finds it damaged ({Last(check.Error)})", "Copy it again, or repair it: qemu-img check -r all FILE");
    }

    private Task<Outcome<ToolResult>> RunAsync(string verb, string file, CancellationToken cancellationToken) =>
        tools.RunAsync(new ToolStart("qemu-img", "qemu-utils", [verb, "--output=json", "-f", "qcow2", file]), cancellationToken);

    /// <summary>Judges the report of <c>qemu-img info</c>: a second look at what the header said.</summary>
    internal static Outcome<long> ReadInfo(string json, string path)
    {
        using var document = JsonDocument.Parse(json);
        var info = document.RootElement;
        var details = info.TryGetProperty("format-specific", out var specific) ? specific.GetProperty("data") : default;
        if (info.TryGetProperty("backing-filename", out _))
            return Qcow2Header.External(path, "it has a backing file");
        if (details.ValueKind is JsonValueKind.Object && details.TryGetProperty("data-file", out _))
            return Qcow2Header.External(path, "its data lie in another file");
        if (info.TryGetProperty("encrypted", out var encrypted) && encrypted.GetBoolean())
            return Qcow2Header.Unsupported(path, "it is encrypted", "Convert it to an image without encryption.");
        return info.GetProperty("virtual-size").GetInt64();
    }

    private static string Last(string text) => text.Trim().Split('\n')[^1];
}
