using System.Buffers.Binary;

namespace Mayfly.VmTests;

/// <summary>What the clipboard rules of displays rely on: QEMU sends text to nobody who has not asked for it.</summary>
public sealed class DisplayClipboardTests(Micro micro) : VmTest(micro)
{
    private const byte CutText = 3;
    private const uint Text = 1;
    private const uint Request = 1u << 25;
    private const uint Notify = 1u << 27;
    private const uint Provide = 1u << 28;
    private static readonly byte[] s_extended = [0xC0, 0xA1, 0xE5, 0xCE];

    [Fact]
    public async Task Clipboard_OfAViewerThatDoesNotAsk_GetsNoText()
    {
        var clone = await ForkAsync();
        await using var source = await OpenAsync(clone, extended: false);
        await using var silent = await OpenAsync(clone, extended: false);
        await using var asking = await OpenAsync(clone, extended: true);
        // What it can, first.
        (await NextFlagsAsync(asking)).ShouldNotBeNull();

        await source.WriteAsync((byte[])[6, 0, 0, 0, 0, 0, 0, 6, .. "secret"u8], Token);

        var told = (await NextFlagsAsync(asking))!.Value;
        (told.Flags & (Notify | Provide | Text)).ShouldBe(Notify | Text);
        (await NothingComesAsync(asking)).ShouldBeTrue();
        (await NothingComesAsync(silent)).ShouldBeTrue();
        await asking.WriteAsync((byte[])[6, 0, 0, 0, .. Number(-4), .. Number((int)(Request | Text))], Token);
        var given = (await NextFlagsAsync(asking))!.Value;
        (given.Flags & (Provide | Text)).ShouldBe(Provide | Text);
        given.Length.ShouldBeGreaterThan(8);
    }

    private async Task<Stream> OpenAsync(HostMachine machine, bool extended)
    {
        var opened = await Machines.OpenDisplayAsync(machine.MachineId, Token);
        opened.Fault.ShouldBeNull();
        await new RfbClient(opened.Value).ShakeHandsAsync(Token);
        await opened.Value.WriteAsync((byte[])[2, 0, 0, (byte)(extended ? 2 : 1), 0, 0, 0, 0, .. extended ? s_extended : []], Token);
        return opened.Value;
    }

    /// <summary>Flags and length of the next clipboard message.</summary>
    private static async Task<(uint Flags, int Length)?> NextFlagsAsync(Stream stream)
    {
        var head = new byte[8];
        await stream.ReadExactlyAsync(head, Token);
        head[0].ShouldBe(CutText);
        var length = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(4));
        length.ShouldBeLessThan(0);
        var body = new byte[-length];
        await stream.ReadExactlyAsync(body, Token);
        return (BinaryPrimitives.ReadUInt32BigEndian(body), body.Length);
    }

    private static async Task<bool> NothingComesAsync(Stream stream)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(1));
        try
        {
            await stream.ReadExactlyAsync(new byte[1], limit.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private static byte[] Number(int number)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }
}
