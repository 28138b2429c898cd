using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Engine.Attaching;
using Mayfly.Engine.Forking;

namespace Mayfly.Engine.Packages.Capturing;

/// <summary>A capture under way in a machine.</summary>
internal sealed class Capture(MachineHost machines, Machine machine, CaptureMark mark)
{
    private const int MostWords = 1000;

    /// <summary>What it has on disk.</summary>
    public CaptureFiles Files { get; } = new(machine.Qemu.Directory);

    /// <summary>What it is about.</summary>
    public CaptureMark Mark => mark;

    /// <summary>Its machine.</summary>
    public Machine Machine => machine;

    /// <summary>Gives the machine the disks of the capture, and takes away what it has beside them. Faults: those of an attach.</summary>
    /// <param name="input">True with files for the guest.</param>
    /// <param name="output">True with a disk for what the guest hands over.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Fault?> AttachAsync(bool input, bool output, CancellationToken cancellationToken)
    {
        var disks = new CaptureDisks(mark.BasePackage, Files.Volume, input ? Files.Input : null, output ? Files.Output : null);
        var attached = await machines.AttachForCaptureAsync(machine.Id, disks, cancellationToken);
        return attached.Fault ?? attached.Value.Volume ?? attached.Value.Packages.Values.FirstOrDefault();
    }

    /// <summary>Makes the disk for what the guest hands over: with holes alone, so that it takes what is written to it.</summary>
    public void MakeOutput(long bytes)
    {
        using var disk = File.OpenHandle(Files.Output, FileMode.Create, FileAccess.Write);
        RandomAccess.SetLength(disk, bytes);
    }

    /// <summary>Runs a program in the guest that must succeed. Faults: CaptureFailed with its last words, and those of the agent.</summary>
    /// <param name="what">What is being done, the beginning of a sentence about its failure.</param>
    /// <param name="command">Program and arguments.</param>
    /// <param name="seconds">Its limit.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<Fault?> RunAsync(string what, IReadOnlyList<string> command, int seconds, CancellationToken cancellationToken)
    {
        const int outOfTime = 124;
        var ran = await machine.Agent.ExecAsync(new ExecRequest(command, seconds), cancellationToken);
        if (!ran.TryGet(out var result, out var fault))
            return fault;
        return result.ExitCode switch
        {
            0 => null,
            outOfTime => new Fault(ErrorCode.CaptureFailed, $"{what} took longer than {seconds} s.", LastWords(result.Stderr + result.Stdout)),
            _ => new Fault(ErrorCode.CaptureFailed, $"{what} failed with status {result.ExitCode}.", LastWords(result.Stdout + result.Stderr)),
        };
    }

    /// <summary>The end of what a program said, on one line; null when it said nothing.</summary>
    public static string? LastWords(string said)
    {
        var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(6).Select(Guests.GuestText.OneLine);
        var words = string.Join(" | ", lines);
        return words.Length == 0 ? null : words[^Math.Min(words.Length, MostWords)..];
    }
}
