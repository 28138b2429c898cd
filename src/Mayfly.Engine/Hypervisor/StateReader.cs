using System.Buffers.Binary;
using System.Text;

namespace Mayfly.Engine.Hypervisor;

/// <summary>Reads the beginning of a saved device state, up to the end of its sections of memory.</summary>
/// <exception cref="InvalidDataException">By each method: it is not of the form known.</exception>
internal sealed class StateReader(byte[] state)
{
    private const uint Magic = 0x5145564d;
    private const uint Version = 3;
    private const string Capabilities = "configuration/capabilities";
    private const string Memory = "ram";
    private int _at;
    private int _taken;

    private enum Section : byte
    {
        Start = 1,
        Part = 2,
        End = 3,
        Whole = 4,
        Subsection = 5,
        Configuration = 7,
        Footer = 0x7e,
    }

    /// <summary>All that was read since this was last asked for.</summary>
    public ReadOnlySpan<byte> Taken()
    {
        var taken = state.AsSpan(_taken, _at - _taken);
        _taken = _at;
        return taken;
    }

    /// <summary>All that was not read yet.</summary>
    public ReadOnlySpan<byte> Rest() => state.AsSpan(_at);

    /// <summary>Passes over what comes before the sections: machine type and capabilities.</summary>
    public void SkipHead()
    {
        Expect(UInt32() == Magic && UInt32() == Version && Byte() == (byte)Section.Configuration);
        Bytes((int)UInt32());
        while (Peek() == Section.Subsection)
        {
            Byte();
            Expect(Text() == Capabilities);
            UInt32();
            for (var left = UInt32(); left > 0; left--)
                Text();
        }
    }

    /// <summary>Passes over the head of the next section. False, and nothing passed over, when no section of memory is left.</summary>
    public bool SkipRamSectionHead()
    {
        var kind = Peek();
        if (kind == Section.Whole)
            return false;
        Expect(kind is Section.Start or Section.Part or Section.End);
        Bytes(1 + sizeof(uint));
        if (kind == Section.Start)
        {
            Expect(Text() == Memory);
            Bytes(2 * sizeof(uint));
        }

        return true;
    }

    /// <summary>Passes over the sizes of all blocks, each with its name and, as shared memory is left out, its address.</summary>
    public void SkipBlockSizes(ulong all)
    {
        for (ulong seen = 0; seen < all;)
        {
            Text();
            seen += UInt64();
            UInt64();
        }
    }

    /// <summary>Passes over the end of a section.</summary>
    public void SkipFooter()
    {
        Expect(Byte() == (byte)Section.Footer);
        UInt32();
    }

    /// <summary>A text with its length before it.</summary>
    public string Text() => Encoding.Latin1.GetString(Bytes(Byte()));

    /// <summary>A number of 64 bits.</summary>
    public ulong UInt64() => BinaryPrimitives.ReadUInt64BigEndian(Bytes(sizeof(ulong)));

    /// <summary>So many bytes.</summary>
    public ReadOnlySpan<byte> Bytes(int count)
    {
        Expect(count >= 0 && count <= state.Length - _at);
        _at += count;
        return state.AsSpan(_at - count, count);
    }

    private static void Expect(bool known)
    {
        if (!known)
            throw new InvalidDataException();
    }

    private Section Peek()
    {
        Expect(_at < state.Length);
        return (Section)state[_at];
    }

    private byte Byte() => Bytes(1)[0];

    private uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Bytes(sizeof(uint)));
}
