using System.Buffers.Binary;
using System.Text;

namespace Mayfly.Engine.Packages.Archives;

/// <summary>A header block of a tar archive: ustar, pax, GNU, or the form before them.</summary>
internal readonly ref struct TarHeader
{
    public const int BlockBytes = 512;

    private const int TypeOffset = 156;
    private const int MagicOffset = 257;
    private const int ChecksumOffset = 148;
    private const int ChecksumLength = 8;

    // Bad UTF-8 is refused, not replaced: two names could become one.
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _block;

    /// <exception cref="InvalidDataException">It is no header.</exception>
    public TarHeader(ReadOnlySpan<byte> block)
    {
        _block = block;
        if (Number(ChecksumOffset, ChecksumLength) != Checksum(block))
            throw new InvalidDataException("it is damaged: a header's checksum is wrong");
    }

    public char Type => _block[TypeOffset] == 0 ? '0' : (char)_block[TypeOffset];

    public string Name => IsPosix && Text(345, 155) is { Length: > 0 } prefix ? $"{prefix}/{Text(0, 100)}" : Text(0, 100);

    public string LinkName => Text(157, 100);

    public int Mode => (int)(Number(100, 8) & 0b111_111_111_111);

    public int UserId => Id(Number(108, 8));

    public int GroupId => Id(Number(116, 8));

    public long Size => Number(124, 12) is var size and >= 0 ? size : throw new InvalidDataException("it is damaged: a size is below zero");

    public long ModifiedAt => Number(136, 12);

    public (int Major, int Minor) Device => (Id(Number(329, 8)), Id(Number(337, 8)));

    private bool IsPosix => _block.Slice(MagicOffset, 6).SequenceEqual("ustar\0"u8);

    /// <summary>Text in UTF-8.</summary>
    /// <exception cref="InvalidDataException">It is not.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return s_strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidDataException($"the name '{Encoding.Latin1.GetString(bytes)}' is not UTF-8");
        }
    }

    /// <summary>A user's or group's number.</summary>
    public static int Id(long number) => number is >= 0 and < int.MaxValue ? (int)number : throw new InvalidDataException("an owner or device number is out of range");

    private string Text(int offset, int length)
    {
        var field = _block.Slice(offset, length);
        return Decode(field.IndexOf((byte)0) is var end and >= 0 ? field[..end] : field);
    }

    /// <summary>Octal digits, or GNU's binary form where they do not suffice.</summary>
    private long Number(int offset, int length)
    {
        var field = _block.Slice(offset, length);
        if (field[0] is 0x80 or 0xff)
            return BinaryPrimitives.ReadInt64BigEndian(length >= 8 ? field[^8..] : field) is var number && length > 8 ? number : number & long.MaxValue;
        long value = 0;
        foreach (var digit in field.Trim(" \0"u8))
            value = digit is >= (byte)'0' and <= (byte)'7' ? (value << 3) + (digit - '0') : throw new InvalidDataException("it is damaged: a number is not octal");
        return value;
    }

    private static long Checksum(ReadOnlySpan<byte> block)
    {
        long sum = ChecksumLength * ' ';
        foreach (var value in block[..ChecksumOffset])
            sum += value;
        foreach (var value in block[(ChecksumOffset + ChecksumLength)..])
            sum += value;
        return sum;
    }
}
