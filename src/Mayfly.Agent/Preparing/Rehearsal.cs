using Mayfly.Agent.Channel;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Preparing;

/// <summary>
/// Walks the whole ClonePrep path once in the parent, with values that change nothing that the cleanse after it does not remove.
/// What runs for the first time in a fork must be paged in, translated and set up there, in every fork again; what ran before the
/// freeze comes with the memory.
/// </summary>
internal sealed class Rehearsal(GuestPaths paths)
{
    private const string Hostname = "/proc/sys/kernel/hostname";
    private const string BootId = "/proc/sys/kernel/random/boot_id";

    /// <summary>Does it. What fails here fails in a fork too, and is told there, where it matters.</summary>
    internal void Run()
    {
        try
        {
            var assembler = new FrameAssembler();
            assembler.Append(AgentCodec.Encode(0, AgentVerbs.ClonePrep, Sample(), AgentJson.Default.ClonePrepRequest));
            _ = assembler.TryTake(out var json);
            var request = AgentCodec.Decode(json);
            var steps = new CloneMaker(paths).Run(AgentCodec.Body(request, AgentJson.Default.ClonePrepRequest));
            _ = AgentCodec.Encode(request.Id, request.Verb, new ClonePrepReport(steps, null), AgentJson.Default.ClonePrepReport);
        }
        catch (StepException problem)
        {
            Diagnostics.Say($"rehearsal stopped at {problem.Message}");
        }
    }

    private static ClonePrepRequest Sample()
    {
        var noise = new byte[64];
        using (var random = File.OpenRead("/dev/urandom"))
            random.ReadExactly(noise);
        return new ClonePrepRequest
        {
            Entropy = noise,
            UtcNanoseconds = WallClock.Read(),
            Hostname = File.ReadAllText(Hostname).Trim(),
            MachineId = new string('0', 32),
            BootId = File.ReadAllText(BootId).Trim(),
            // Addresses set aside for documentation: they lead nowhere, and the cleanse takes them away.
            Network = NetworkCard.First() is { } card ? new NetworkIdentity(NetworkCard.MacOf(card), "192.0.2.2", 24, "192.0.2.1", ["192.0.2.1"]) : null,
            SshHostKeys = [new SshHostKey("ssh_host_ecdsa_key", new string('\n', 256), new string(' ', 256))],
        };
    }
}
