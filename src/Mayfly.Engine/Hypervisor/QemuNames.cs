namespace Mayfly.Engine.Hypervisor;

/// <summary>Ids inside a QEMU process that both the command line and later commands use.</summary>
internal static class QemuNames
{
    /// <summary>Device id of the sound card's output.</summary>
    public const string Speaker = "speaker0";

    /// <summary>The bus that packages and volumes are plugged into.</summary>
    public const string AttachBus = "attach";

    /// <summary>The disk.</summary>
    public const string Disk = "disk0";

    /// <summary>The network card.</summary>
    public const string NetworkCard = "net0";

    /// <summary>Descriptor with the device state.</summary>
    public const string StateDescriptor = "state";

    /// <summary>Descriptor by which a running machine's memory and device state go to a copy.</summary>
    public const string CopyDescriptor = "copy";
}
