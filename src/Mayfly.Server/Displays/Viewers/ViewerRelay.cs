using System.Buffers;
using Mayfly.Control.Sessions;

namespace Mayfly.Server.Displays.Viewers;

/// <summary>Carries bytes between a viewer program and a screen, as <see cref="DisplayRelay"/> does between a browser and a screen.</summary>
internal static class ViewerRelay
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>Runs until either side ends or <paramref name="display"/> is to be closed. Ends at once: a viewer needs no farewell.</summary>
    public static async Task RunAsync(Stream viewer, Stream screen, SessionLease display, SessionInputs inputs)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(display.Token);
        Task[] directions = [CopyAsync(screen, viewer, _ => { }, either.Token), CopyAsync(viewer, screen, NoteInput, either.Token)];
        await Task.WhenAny(directions);
        await either.CancelAsync();
        foreach (var direction in directions) await SettleAsync(direction);

        // A viewer sends what a person does in packets of its own: their first byte tells a key or the pointer often enough.
        void NoteInput(ReadOnlyMemory<byte> bytes)
        {
            if (RfbInput.IsIn(bytes.Span)) inputs.Note(display);
        }
    }

    private static async Task CopyAsync(Stream from, Stream to, Action<ReadOnlyMemory<byte>> look, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await from.ReadAsync(buffer, cancellationToken) is > 0 and var count)
            {
                look(buffer.AsMemory(0, count));
                await to.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Either side may break off at any time; that is an end like any other.</summary>
    private static async Task SettleAsync(Task direction)
    {
        try
        {
            await direction;
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException or InvalidDataException)
        {
            // Ended.
        }
    }
}
