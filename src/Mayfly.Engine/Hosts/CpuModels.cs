namespace Mayfly.Engine.Hosts;

/// <summary>CPU models by accelerator; the manifest pins the one a warm image was frozen with.</summary>
internal static class CpuModels
{
    /// <summary>Under KVM: what the host has.</summary>
    public const string Kvm = "host";

    /// <summary>Under emulation: x86-64-v2 and a random source. Newer vector units are slower to emulate than to do without.</summary>
    public const string Emulated = "Nehalem,+rdrand";

    /// <summary>The model for "kvm" or "tcg".</summary>
    public static string Of(string accelerator) => accelerator == "kvm" ? Kvm : Emulated;
}
