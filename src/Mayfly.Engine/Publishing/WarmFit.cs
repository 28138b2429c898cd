using Mayfly.Contracts;
using Mayfly.Engine.Hosts;

namespace Mayfly.Engine.Publishing;

/// <summary>Tells whether a warm image can run on this host.</summary>
internal static class WarmFit
{
    private const string Remedy = "Publish the image again on this host.";

    /// <summary>Null when it fits. Faults: WarmImageForeign, WarmImageCorrupt for a manifest of another layout.</summary>
    public static Fault? Check(ImageVersion id, WarmManifest manifest, QemuInstallation qemu, string accelerator)
    {
        if (manifest.Format != WarmManifest.CurrentFormat)
            return Foreign(id, $"It has layout {manifest.Format}; this Mayfly reads layout {WarmManifest.CurrentFormat}.");
        if (manifest.Shape.Accelerator != accelerator)
            return Foreign(id, $"It was frozen under {manifest.Shape.Accelerator}, and this host runs {accelerator}.");
        if (!Version.TryParse(manifest.QemuVersion, out var version) || version > qemu.Version)
            return Foreign(id, $"It was frozen by QEMU {manifest.QemuVersion}, and this host has {qemu.Version}.");
        if (accelerator == "kvm" && manifest.HostCpu != HostCpu.Model)
            return Foreign(id, $"It was frozen on '{manifest.HostCpu}', and this host's CPU is '{HostCpu.Model}'.");
        return null;
    }

    private static Fault Foreign(ImageVersion id, string why) =>
        new(ErrorCode.WarmImageForeign, $"The warm image of {id} was not made for this host.", why, Remedy);
}
