namespace Mayfly.Engine.Hypervisor;

/// <summary>Numbers under which a QEMU process finds the descriptors it inherits.</summary>
internal static class QemuDescriptors
{
    public const int Input = 0;
    public const int Output = 1;
    public const int Error = 2;

    /// <summary>Guest memory, a memfd.</summary>
    public const int Memory = 3;

    /// <summary>Listening socket of the control connection.</summary>
    public const int Control = 4;

    /// <summary>Listening socket of the guest agent's channel.</summary>
    public const int Agent = 5;

    /// <summary>Kernel of a guest that boots.</summary>
    public const int Kernel = 6;

    /// <summary>Initial RAM disk of a guest that boots.</summary>
    public const int Initrd = 7;

    /// <summary>The disk's topmost file; the ones below follow.</summary>
    public const int FirstDisk = 8;
}
