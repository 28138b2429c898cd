namespace Mayfly.Server.Displays;

/// <summary>Tells keys and pointer from the rest of what a VNC client sends (RFC 6143, 7.5), by the first bytes of a message.</summary>
internal static class RfbInput
{
    private const byte Key = 4;
    private const byte Pointer = 5;
    private const byte Qemu = 255;
    private const byte QemuKey = 0;

    /// <summary>True for a message, or several, that begins with a key or the pointer.</summary>
    public static bool IsIn(ReadOnlySpan<byte> messages) => messages is [Key or Pointer, ..] or [Qemu, QemuKey, ..];
}
