using System.Buffers.Binary;
using Mayfly.Contracts;
using Mayfly.Server.Displays.Viewers;

namespace Mayfly.Server.Displays.Sounds;

/// <summary>
/// What a machine plays, from QEMU: a second VNC client of the machine that asks for sound (QEMU's pseudo-encoding -259) and never for a
/// picture. So QEMU says nothing on it but sound, and what it says is easily framed; anything else ends the connection.
/// </summary>
internal sealed class SoundSource(Stream screen)
{
    // A third of a second; QEMU sends a sixth of it at most.
    private const int MostBytes = 64 * 1024;
    private const int Sound = -259;

    // QEMU always says yes to this one, after having said yes or nothing to the one behind it in the list: it takes them from the end.
    private const int ScanCodes = -258;
    private static readonly byte[] s_encodings = [2, 0, 0, 2, .. Number(ScanCodes), .. Number(Sound)];
    private static readonly byte[] s_format = [255, 1, 0, 2, 3, SoundFormat.Channels, .. Number(SoundFormat.Rate)];
    private static readonly byte[] s_on = [255, 1, 0, 0];

    private static readonly Fault NoSound = new(
        ErrorCode.MachineStateWrong, "This desktop has no sound.", "Its image has no sound card, or was published before it had one.", "An administrator can publish the image again.");

    /// <summary>Asks for sound. Null once it will come. Faults: MachineStateWrong when the machine has no sound card.</summary>
    /// <exception cref="InvalidDataException">QEMU does not speak as it should.</exception>
    public async Task<Fault?> BeginAsync(CancellationToken cancellationToken)
    {
        await screen.GreetScreenAsync(cancellationToken);
        await screen.WriteAsync(new byte[] { 1 }, cancellationToken);
        const int BeforeName = 20;
        await screen.TakeAsync(BeforeName, cancellationToken);
        var name = await screen.TakeNumberAsync(cancellationToken);
        await screen.TakeAsync(Bounded(name), cancellationToken);
        await screen.WriteAsync(s_encodings, cancellationToken);
        for (var granted = false; ;)
        {
            switch (await TakeAnswerAsync(cancellationToken))
            {
                case Sound:
                    granted = true;
                    break;
                case ScanCodes when !granted:
                    return NoSound;
                case ScanCodes:
                    await screen.WriteAsync(s_format, cancellationToken);
                    await screen.WriteAsync(s_on, cancellationToken);
                    return null;
                default:
                    throw Unexpected();
            }
        }
    }

    /// <summary>The next message for the browser, made of what the guest plays or of its end.</summary>
    /// <exception cref="InvalidDataException">QEMU says something else.</exception>
    /// <exception cref="EndOfStreamException">The machine has ended.</exception>
    public async Task<byte[]> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var head = await screen.TakeAsync(4, cancellationToken);
            if (head is not [255, 1, 0, <= 2]) throw Unexpected();
            switch (head[3])
            {
                case 0:
                    return SoundFormat.Silence();
                case 2:
                    var size = Bounded(await screen.TakeNumberAsync(cancellationToken));
                    if (size % SoundFormat.PairBytes != 0) throw Unexpected();
                    var message = SoundFormat.Samples(size);
                    await screen.ReadExactlyAsync(message.AsMemory(SoundFormat.HeadBytes), cancellationToken);
                    return message;
            }
        }
    }

    /// <summary>An update that says yes to one pseudo-encoding; returns which.</summary>
    private async Task<int> TakeAnswerAsync(CancellationToken cancellationToken)
    {
        const int HeadBytes = 4;
        const int RectangleBytes = 12;
        var update = await screen.TakeAsync(HeadBytes + RectangleBytes, cancellationToken);
        return update is [0, _, 0, 1, ..] ? BinaryPrimitives.ReadInt32BigEndian(update.AsSpan(HeadBytes + 8)) : throw Unexpected();
    }

    private static int Bounded(uint size) => size <= MostBytes ? (int)size : throw Unexpected();

    private static InvalidDataException Unexpected() => new("The screen sends something other than sound.");

    private static byte[] Number(int number)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }
}
