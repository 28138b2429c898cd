using System.Buffers.Binary;
using System.Text;
using Mayfly.Engine.Hypervisor;

namespace Mayfly.Engine.Tests.Hypervisor;

public sealed class BlankVideoMemoryTests
{
    private const string Video = "0000:00:04.0/vga.vram";
    private const string Firmware = "pc.bios";
    private const ulong Fill = 0x02;
    private const ulong Page = 0x08;
    private const ulong Same = 0x20;

    [Fact]
    public void Remove_BlankPagesOfVideoMemory_AreGoneAndNothingElse()
    {
        var state = State(Named(0, Fill, Video, 0), Again(1, Fill, 7), Again(2, Fill, 0), Again(3, Page, Content(1)), Named(0, Fill, Firmware, 0), Again(1, Page, Content(2)));

        var shorter = BlankVideoMemory.Remove(state);

        shorter.ShouldBe(State(Named(1, Fill, Video, 7), Again(3, Page, Content(1)), Named(0, Fill, Firmware, 0), Again(1, Page, Content(2))));
    }

    [Fact]
    public void Remove_PageAfterOneThatNamedTheBlock_NamesItItself() =>
        BlankVideoMemory.Remove(State(Named(0, Page, Firmware, Content(1)), Named(0, Fill, Video, 0), Again(1, Page, Content(2)), Again(2, Page, Content(3))))
            .ShouldBe(State(Named(0, Page, Firmware, Content(1)), Named(1, Page, Video, Content(2)), Again(2, Page, Content(3))));

    [Fact]
    public void Remove_AllBlank_LeavesTheSectionEmpty() =>
        BlankVideoMemory.Remove(State(Named(0, Fill, Video, 0), Again(1, Fill, 0))).ShouldBe(State());

    [Fact]
    public void Remove_StateOfAnotherForm_IsLeftAsItIs()
    {
        var state = State(Named(0, Fill, Video, 0));
        BlankVideoMemory.Remove([]).ShouldBeNull();
        BlankVideoMemory.Remove(state[..60]).ShouldBeNull();
        // Compressed pages, which nothing here asks for.
        BlankVideoMemory.Remove(State(Named(0, 0x100, Video, 0))).ShouldBeNull();
        state[4]++;
        BlankVideoMemory.Remove(state).ShouldBeNull();
    }

    private static byte[] State(params byte[][] pages) =>
    [
        .. Number(0x5145564d), .. Number(3),
        7, .. Number(10), .. "pc-q35-7.2"u8, 5, .. Text("configuration/capabilities"), .. Number(1), .. Number(1), .. Text("x-ignore-shared"),
        1, .. Number(2), .. Text("ram"), .. Number(0), .. Number(4),
        .. Number64(0x6000 | 0x04), .. Text(Firmware), .. Number64(0x2000), .. Number64(0), .. Text(Video), .. Number64(0x4000), .. Number64(0), .. Number64(0x10), .. Footer(),
        2, .. Number(2), .. pages.SelectMany(page => page), .. Number64(0x10), .. Footer(),
        3, .. Number(2), .. Number64(0x10), .. Footer(),
        4, .. "all devices"u8,
    ];

    private static byte[] Footer() => [0x7e, .. Number(2)];

    private static byte[] Named(ulong index, ulong kind, string block, params byte[] content) => [.. Number64((index * 4096) | kind), .. Text(block), .. content];

    private static byte[] Again(ulong index, ulong kind, params byte[] content) => [.. Number64((index * 4096) | kind | Same), .. content];

    private static byte[] Content(byte value) => Enumerable.Repeat(value, 4096).ToArray();

    private static byte[] Text(string text) => [(byte)text.Length, .. Encoding.ASCII.GetBytes(text)];

    private static byte[] Number(uint number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }

    private static byte[] Number64(ulong number)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, number);
        return bytes;
    }
}
