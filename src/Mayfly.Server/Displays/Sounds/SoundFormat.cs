using System.Buffers.Binary;

namespace Mayfly.Server.Displays.Sounds;

/// <summary>
/// The one format of sound on <c>/api/v1/sound</c>: signed 16-bit samples, little-endian, left and right in turn, 48,000 of each a second.
/// Each binary message begins with four bytes: its kind (1 format, 2 samples, 3 silence), a flag (1 when something before it was left out
/// because the browser was slow), and two of zero. Format is the first message, with the rate (four bytes, little-endian), the number of
/// channels and the bits of a sample (one byte each) and two of zero. Samples are followed by whole pairs of samples. Silence says that
/// the guest has stopped playing.
/// </summary>
internal static class SoundFormat
{
    public const int Rate = 48_000;
    public const int Channels = 2;

    /// <summary>Bytes of one sample of each channel.</summary>
    public const int PairBytes = Channels * sizeof(short);

    /// <summary>Bytes of a message before its samples.</summary>
    public const int HeadBytes = 4;

    private const byte FormatKind = 1;
    private const byte SamplesKind = 2;
    private const byte SilenceKind = 3;

    /// <summary>The first message.</summary>
    public static byte[] Format()
    {
        var message = new byte[12];
        message[0] = FormatKind;
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(4), Rate);
        (message[8], message[9]) = (Channels, 8 * sizeof(short));
        return message;
    }

    /// <summary>Says that the guest has stopped playing.</summary>
    public static byte[] Silence() => [SilenceKind, 0, 0, 0];

    /// <summary>A message for so many bytes of samples, which are still to be put behind its head.</summary>
    public static byte[] Samples(int bytes)
    {
        var message = new byte[HeadBytes + bytes];
        message[0] = SamplesKind;
        return message;
    }

    /// <summary>Marks a message as one before which something was left out.</summary>
    public static void MarkGap(byte[] message) => message[1] = 1;
}
