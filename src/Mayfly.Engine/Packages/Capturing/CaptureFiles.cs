using System.Text.Json;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Hypervisor;

namespace Mayfly.Engine.Packages.Capturing;

/// <summary>What a capture has in its machine's directory: all of it goes with the machine, and a new mayflyd finds it there.</summary>
/// <param name="Machine">The machine's directory.</param>
internal sealed record CaptureFiles(MachineDirectory Machine)
{
    /// <summary>What the machine writes below /usr, /opt and /etc.</summary>
    public string Volume => Path.Combine(Machine.Path, "capture.qcow2");

    /// <summary>Files for the guest.</summary>
    public string Input => Path.Combine(Machine.Path, "capture-input.squashfs");

    /// <summary>What the guest hands over.</summary>
    public string Output => Path.Combine(Machine.Path, "capture-output.raw");

    /// <summary>Where an installation is prepared.</summary>
    public string Work => Path.Combine(Machine.Path, "capture-work");

    private string Mark => Path.Combine(Machine.Path, "capture.json");

    /// <summary>What is captured, or null when nothing is.</summary>
    public CaptureMark? Read() => File.Exists(Mark) ? JsonSerializer.Deserialize<CaptureMark>(File.ReadAllBytes(Mark), JsonSerializerOptions.Web) : null;

    /// <summary>Says that a capture is under way.</summary>
    public Task WriteAsync(CaptureMark mark, CancellationToken cancellationToken) =>
        DurableFile.WriteSecretAsync(Mark, JsonSerializer.SerializeToUtf8Bytes(mark, JsonSerializerOptions.Web), cancellationToken);
}

/// <summary>A capture under way.</summary>
/// <param name="BasePackage">Package it builds on, or null.</param>
/// <param name="SizeMib">Most that can be captured.</param>
internal sealed record CaptureMark(string? BasePackage, int SizeMib);
