using Mayfly.Contracts;
using Mayfly.Engine.Forking;
using Mayfly.Qmp;

namespace Mayfly.Engine.Displays;

/// <summary>Takes pictures of screens, whether or not somebody watches them. A few at a time: a large screen takes tens of megabytes while it is scaled.</summary>
internal sealed class ScreenPictures : IDisposable
{
    private const int AtOnce = 2;
    private const int Narrowest = 16;
    private const int Widest = 1920;

    /// <summary>How often QEMU is looked at while it writes: it writes a few megabytes in between.</summary>
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(5);

    private readonly SemaphoreSlim _turns = new(AtOnce);

    /// <summary>A JPEG picture of what the screen shows now. Faults: InvalidRequest, MachineStateWrong.</summary>
    /// <exception cref="QmpException">QEMU refused or is gone.</exception>
    /// <exception cref="InvalidDataException">QEMU wrote no picture.</exception>
    public async Task<Outcome<byte[]>> TakeAsync(Machine machine, int width, CancellationToken cancellationToken)
    {
        if (width is < Narrowest or > Widest)
            return new Fault(ErrorCode.InvalidRequest, $"A picture of a screen is {Narrowest} to {Widest} pixels wide.");
        await _turns.WaitAsync(cancellationToken);
        try
        {
            using var file = new ScreenFile();
            if (await DumpAsync(machine, file, cancellationToken) is { } fault)
                return fault;
            return await Task.Run(() => Thumbnail.Make(file, width), cancellationToken);
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();

    private static async Task<Fault?> DumpAsync(Machine machine, ScreenFile file, CancellationToken cancellationToken)
    {
        var qmp = machine.Qemu.Qmp;
        // QEMU closes a descriptor it was given only while the guest runs: each picture of one that stands still would cost QEMU one more.
        if (await qmp.QueryStatusAsync(cancellationToken) != "running")
            return new Fault(ErrorCode.MachineStateWrong, $"{machine.Hostname} stands still.");
        using var theirs = file.OpenForQemu();
        var set = await qmp.AddDescriptorAsync(theirs, cancellationToken);
        try
        {
            var dump = qmp.DumpScreenAsync(set, cancellationToken);
            while (await Task.WhenAny(dump, Task.Delay(s_look, CancellationToken.None)) != dump)
                file.Limit();
            await dump;
            return null;
        }
        finally
        {
            // Also when nobody waits for the picture any more: what was given must be taken back.
            await qmp.RemoveDescriptorAsync(set, CancellationToken.None);
        }
    }
}
