using System.Buffers.Binary;

namespace Mayfly.Server.Displays.Clipboards;

/// <summary>The messages a viewer may send to QEMU's VNC server, and how long they are.</summary>
internal static class ViewerMessages
{
    public const byte SetEncodings = 2;
    public const byte CutText = 6;

    /// <summary>Bytes of a clipboard message before its text or flags.</summary>
    public const int CutTextHead = 8;

    private const byte SetPixelFormat = 0;
    private const byte UpdateRequest = 3;
    private const byte Key = 4;
    private const byte Pointer = 5;
    private const byte Power = 250;
    private const byte SetDesktopSize = 251;
    private const byte Qemu = 255;

    /// <summary>
    /// Bytes of the message that begins like this, a clipboard message's text not counted. When what is there does not tell yet, the number
    /// of bytes that it takes to tell more; 0 when QEMU knows no such message.
    /// </summary>
    /// <param name="head">What is there of it, at least one byte.</param>
    public static int LengthOf(ReadOnlySpan<byte> head) => head[0] switch
    {
        SetPixelFormat => 20,
        SetEncodings => head.Length < 4 ? 4 : 4 + (4 * BinaryPrimitives.ReadUInt16BigEndian(head[2..])),
        UpdateRequest => 10,
        Key => 8,
        Pointer => 6,
        // A clipboard message in the extended form has its flags in the head too.
        CutText => Math.Max(CutTextHead, head.Length),
        Power => 4,
        SetDesktopSize => head.Length < 8 ? 8 : 8 + (16 * head[6]),
        Qemu => head.Length < 4 ? 4 : OfQemu(head),
        _ => 0,
    };

    /// <summary>Keys with their scan codes, and sound: on, off, or its format.</summary>
    private static int OfQemu(ReadOnlySpan<byte> head) => (head[1], BinaryPrimitives.ReadUInt16BigEndian(head[2..])) switch
    {
        (0, _) => 12,
        (1, 0 or 1) => 4,
        (1, 2) => 10,
        _ => 0,
    };
}
