using System.Buffers;
using System.Buffers.Binary;
using Mayfly.Contracts.Api;
using Mayfly.Server.Displays.Clipboards;

namespace Mayfly.Server.Tests.Displays;

public sealed class ClipboardFilterTests
{
    private const int Extended = unchecked((int)0xC0A1E5CE);
    private static readonly byte[] Greeting = [.. "RFB 003.008\n"u8, 1, 1];
    private static readonly byte[] PixelFormat = [0, .. new byte[19]];
    private static readonly byte[] Update = [3, 1, 0, 0, 0, 0, 4, 0, 3, 0];
    private static readonly byte[] Key = [4, 1, 0, 0, 0, 0, 0, 0x61];
    private static readonly byte[] Pointer = [5, 1, 0, 10, 0, 10];
    private static readonly byte[] ScanCode = [255, 0, 0, 1, 0, 0, 0, 0x61, 0, 0, 0, 0x1e];
    private static readonly byte[] SoundFormat = [255, 1, 0, 2, 3, 2, 0, 0, 0xbb, 0x80];
    private static readonly byte[] SoundOn = [255, 1, 0, 0];
    private static readonly byte[] Size = [251, 0, 4, 0, 3, 0, 2, 0, .. new byte[32]];
    private static readonly byte[] Text = CutText("secret"u8);
    private static readonly byte[] Provide = Extension(ClipboardFlags.Provide, 500);
    private static readonly byte[] Notify = Extension(ClipboardFlags.Notify, 0);
    private static readonly byte[] Request = Extension(ClipboardFlags.Request, 0);
    private static readonly byte[] Peek = Extension(ClipboardFlags.Peek, 0);
    private static readonly byte[] Caps = Extension(ClipboardFlags.Caps | ClipboardFlags.Request | ClipboardFlags.Provide, 4);

    [Theory]
    [InlineData(ClipboardRule.ToGuest)]
    [InlineData(ClipboardRule.FromGuest)]
    [InlineData(ClipboardRule.Off)]
    public void Pass_UnderARule_KeepsExactlyWhatItAllows_HoweverItIsCut(ClipboardRule rule)
    {
        byte[][] always = [PixelFormat, Encodings(0, -258, 7), Update, Key, Pointer, ScanCode, SoundFormat, SoundOn, Size];
        byte[][] sometimes = [Text, Provide, Notify, Request, Peek];
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var said = Enumerable.Range(0, 30).Select(_ => random.Next(2) == 0 ? always[random.Next(always.Length)] : sometimes[random.Next(sometimes.Length)]).ToList();
            var expected = said.Where(message => always.Contains(message) || Allowed(rule, message));
            Run(rule, said, random).ShouldBe([.. Greeting, .. expected.SelectMany(message => message)]);
        }
    }

    [Fact]
    public void Pass_SeveralThingsInOneMessage_NoneGetsThroughUnderAnother()
    {
        var both = Extension(ClipboardFlags.Notify | ClipboardFlags.Request | ClipboardFlags.Peek | ClipboardFlags.Provide, 20);
        foreach (var rule in new[] { ClipboardRule.ToGuest, ClipboardRule.FromGuest, ClipboardRule.Off })
            Run(rule, [both, Key]).ShouldBe([.. Greeting, .. Key]);
        Run(ClipboardRule.FromGuest, [Caps, Key]).ShouldBe([.. Greeting, .. Key]);
    }

    [Fact]
    public void Pass_Off_TakesTheExtendedClipboardOutOfWhatTheViewerCan()
    {
        Run(ClipboardRule.Off, [Encodings(0, Extended, -258, Extended)]).ShouldBe([.. Greeting, .. Encodings(0, -258)]);
        Run(ClipboardRule.ToGuest, [Encodings(0, Extended)]).ShouldBe([.. Greeting, .. Encodings(0, Extended)]);
        Run(ClipboardRule.Off, [Encodings(Extended)]).ShouldBe([.. Greeting, .. Encodings()]);
    }

    [Fact]
    public void Pass_HugeText_IsDroppedWithoutBeingKept()
    {
        var filter = new ClipboardFilter(ClipboardRule.Off);
        var output = new ArrayBufferWriter<byte>();
        filter.Pass(Greeting, output);
        var head = new byte[8];
        head[0] = 6;
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), int.MaxValue);
        filter.Pass(head, output);
        var megabyte = new byte[1 << 20];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var sent = 0L; sent < int.MaxValue; sent += megabyte.Length)
            filter.Pass(megabyte.AsSpan(0, (int)Math.Min(megabyte.Length, int.MaxValue - sent)), output);
        filter.Pass(Key, output);
        output.WrittenSpan.ToArray().ShouldBe([.. Greeting, .. Key]);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
    }

    [Theory]
    [InlineData("RFB 003.003\n")]
    [InlineData("RFB 003.005\n")]
    [InlineData("RFB 004.001\n")]
    [InlineData("rfb 003.008\n")]
    public void Pass_AnotherVersion_EndsTheConnection(string version) =>
        Should.Throw<InvalidDataException>(() => new ClipboardFilter(ClipboardRule.Off).Pass([.. version.Select(letter => (byte)letter)], new ArrayBufferWriter<byte>()));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(150)]
    [InlineData(248)]
    [InlineData(252)]
    public void Pass_AMessageQemuDoesNotKnow_EndsTheConnection(int kind) =>
        Should.Throw<InvalidDataException>(() => Run(ClipboardRule.Off, [[(byte)kind, .. new byte[40]]]));

    [Theory]
    [InlineData(-1)]
    [InlineData(-3)]
    public void Pass_AnExtensionWithoutFlags_EndsTheConnection(int length) =>
        Should.Throw<InvalidDataException>(() => Run(ClipboardRule.FromGuest, [[.. Head(length), .. new byte[8]]]));

    [Fact]
    public void Pass_LongestLengths_StayFramed()
    {
        Should.Throw<InvalidDataException>(() => Run(ClipboardRule.Off, [[2, 0, 0xff, 0xff, .. new byte[100]]]));
        Should.Throw<InvalidDataException>(() => Run(ClipboardRule.Off, [[255, 1, 0, 3]]));
        Should.Throw<InvalidDataException>(() => Run(ClipboardRule.Off, [[255, 2, 0, 0]]));
        // Nothing of it comes out however much of it comes: the whole rest is its text.
        Run(ClipboardRule.FromGuest, [[.. Head(int.MinValue), .. new byte[3], 0, .. new byte[1000]]]).Length.ShouldBeLessThanOrEqualTo(Greeting.Length + 1100);
        Run(ClipboardRule.Off, [[.. Head(int.MinValue), .. new byte[1000]]]).ShouldBe(Greeting);
    }

    [Fact]
    public void Pass_Noise_EitherEndsOrHoldsNoClipboard()
    {
        var random = new Random(11);
        for (var round = 0; round < 2000; round++)
        {
            var noise = new byte[random.Next(1, 400)];
            random.NextBytes(noise);
            try
            {
                // What gets through is framed again: no clipboard message may be in it.
                var through = Run(ClipboardRule.Off, [noise], random);
                var again = Run(ClipboardRule.Off, [through[Greeting.Length..]], random);
                again.ShouldBe(through);
            }
            catch (InvalidDataException)
            {
                // Ended.
            }
        }
    }

    private static bool Allowed(ClipboardRule rule, byte[] message) => rule switch
    {
        ClipboardRule.ToGuest => message == Text || message == Provide || message == Notify,
        ClipboardRule.FromGuest => message == Request || message == Peek,
        _ => false,
    };

    private static byte[] Run(ClipboardRule rule, IEnumerable<byte[]> messages, Random? random = null)
    {
        var filter = new ClipboardFilter(rule);
        var output = new ArrayBufferWriter<byte>();
        ReadOnlySpan<byte> all = [.. Greeting, .. messages.SelectMany(message => message)];
        while (all.Length > 0)
        {
            var count = random is null ? all.Length : Math.Min(all.Length, random.Next(1, 40));
            filter.Pass(all[..count], output);
            all = all[count..];
        }

        return output.WrittenSpan.ToArray();
    }

    private static byte[] CutText(ReadOnlySpan<byte> text) => [.. Head(text.Length), .. text];

    private static byte[] Extension(ClipboardFlags flags, int more)
    {
        var message = new byte[12 + more];
        Head(-(4 + more)).CopyTo(message, 0);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(8), (uint)flags | 1);
        return message;
    }

    private static byte[] Head(int length)
    {
        var head = new byte[8];
        head[0] = 6;
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), length);
        return head;
    }

    private static byte[] Encodings(params int[] encodings)
    {
        var message = new byte[4 + (4 * encodings.Length)];
        message[0] = 2;
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), (ushort)encodings.Length);
        for (var i = 0; i < encodings.Length; i++) BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4 + (4 * i)), encodings[i]);
        return message;
    }
}
