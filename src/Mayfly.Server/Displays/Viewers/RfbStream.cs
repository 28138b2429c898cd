using System.Buffers.Binary;

namespace Mayfly.Server.Displays.Viewers;

/// <summary>The few things both ends of an RFB handshake read and write.</summary>
internal static class RfbStream
{
    public static readonly byte[] Version = "RFB 003.008\n"u8.ToArray();

    private const int NoSecurity = 1;

    public static async Task<byte[]> TakeAsync(this Stream stream, int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    public static async Task<uint> TakeNumberAsync(this Stream stream, CancellationToken cancellationToken) =>
        BinaryPrimitives.ReadUInt32BigEndian(await stream.TakeAsync(sizeof(uint), cancellationToken));

    public static async Task SayNumberAsync(this Stream stream, uint number, CancellationToken cancellationToken)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        await stream.WriteAsync(bytes, cancellationToken);
    }

    /// <summary>Greets QEMU as a viewer up to the point where a viewer says whether it shares the screen.</summary>
    /// <exception cref="InvalidDataException">QEMU does not speak as it should.</exception>
    public static async Task GreetScreenAsync(this Stream screen, CancellationToken cancellationToken)
    {
        if (!(await screen.TakeAsync(Version.Length, cancellationToken)).AsSpan().SequenceEqual(Version))
            throw new InvalidDataException("The screen speaks another version of RFB.");
        await screen.WriteAsync(Version, cancellationToken);
        var kinds = await screen.TakeAsync((await screen.TakeAsync(1, cancellationToken))[0], cancellationToken);
        if (!kinds.Contains((byte)NoSecurity))
            throw new InvalidDataException("The screen asks for a password.");
        await screen.WriteAsync(new byte[] { NoSecurity }, cancellationToken);
        if (await screen.TakeNumberAsync(cancellationToken) != 0)
            throw new InvalidDataException("The screen refused.");
    }
}
