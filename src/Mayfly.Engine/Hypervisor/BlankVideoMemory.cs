using System.Buffers.Binary;
using System.Text;

namespace Mayfly.Engine.Hypervisor;

/// <summary>
/// Takes out of a saved device state what says of pages of video memory that they are blank. A QEMU that has just started has them blank,
/// and to be told so it would look at each of them, which takes longer than the rest of the load.
/// </summary>
/// <remarks>QEMU's migration stream, docs/devel/migration in the QEMU source. A state that is not of the form known here is left as it is.</remarks>
internal static class BlankVideoMemory
{
    private const string VideoMemory = "/vga.vram";
    private const int PageBytes = 4096;
    private const ulong FlagMask = PageBytes - 1;

    /// <summary>Rewrites a file that holds a state.</summary>
    /// <exception cref="IOException">It can not be read or written.</exception>
    public static async Task RemoveFromAsync(string path, CancellationToken cancellationToken)
    {
        if (Remove(await File.ReadAllBytesAsync(path, cancellationToken)) is { } shorter)
            await File.WriteAllBytesAsync(path, shorter, cancellationToken);
    }

    /// <summary>The state without them, or null when it is not of the form known.</summary>
    public static byte[]? Remove(byte[] state)
    {
        var reader = new StateReader(state);
        var kept = new MemoryStream(state.Length);
        try
        {
            reader.SkipHead();
            kept.Write(reader.Taken());
            var pages = new Pages(kept);
            while (reader.SkipRamSectionHead())
            {
                kept.Write(reader.Taken());
                while (KeepRecord(reader, pages))
                {
                }

                reader.SkipFooter();
                kept.Write(reader.Taken());
            }
        }
        catch (InvalidDataException)
        {
            return null;
        }

        kept.Write(reader.Rest());
        return kept.ToArray();
    }

    /// <summary>Takes one record of a section of memory. False at its end.</summary>
    private static bool KeepRecord(StateReader reader, Pages pages)
    {
        var head = reader.UInt64();
        switch ((RecordFlags)(head & FlagMask) & ~RecordFlags.SameBlock)
        {
            case RecordFlags.Sizes:
                reader.SkipBlockSizes(head & ~FlagMask);
                pages.Keep(reader.Taken());
                return true;
            case RecordFlags.End:
                pages.Keep(reader.Taken());
                return false;
            case (RecordFlags.Fill or RecordFlags.Page) and var kind:
                if (((RecordFlags)head & RecordFlags.SameBlock) == 0)
                    pages.Block = reader.Text();
                var content = reader.Bytes(kind == RecordFlags.Fill ? 1 : PageBytes);
                if (kind == RecordFlags.Page || content[0] != 0 || !pages.Block.EndsWith(VideoMemory, StringComparison.Ordinal))
                    pages.Keep(head, content);
                _ = reader.Taken();
                return true;
            default:
                throw new InvalidDataException();
        }
    }

    [Flags]
    private enum RecordFlags : ulong
    {
        Fill = 0x02,
        Sizes = 0x04,
        Page = 0x08,
        End = 0x10,
        SameBlock = 0x20,
    }

    /// <summary>Writes pages down again. One after a page that was left out may have to name its block, which that one did.</summary>
    private sealed class Pages(MemoryStream kept)
    {
        private string? _named;

        public string Block { get; set; } = "";

        public void Keep(ReadOnlySpan<byte> record) => kept.Write(record);

        public void Keep(ulong head, ReadOnlySpan<byte> content)
        {
            Span<byte> number = stackalloc byte[sizeof(ulong)];
            var same = Block == _named;
            BinaryPrimitives.WriteUInt64BigEndian(number, same ? head | (ulong)RecordFlags.SameBlock : head & ~(ulong)RecordFlags.SameBlock);
            kept.Write(number);
            if (!same)
            {
                kept.WriteByte((byte)Block.Length);
                kept.Write(Encoding.Latin1.GetBytes(Block));
                _named = Block;
            }

            kept.Write(content);
        }
    }
}
