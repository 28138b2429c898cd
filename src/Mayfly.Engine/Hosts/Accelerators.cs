using Mayfly.Contracts;
using Mayfly.Engine.Processes;

namespace Mayfly.Engine.Hosts;

/// <summary>What machines of this host run on, and why.</summary>
/// <param name="Name">"kvm" or "tcg".</param>
/// <param name="Reason">Why that one, for people.</param>
internal sealed record AcceleratorChoice(string Name, string Reason);

/// <summary>Chooses the accelerator once per host and remembers what it learned.</summary>
internal sealed class Accelerators(EngineOptions options, DataDirectory data, QemuInstallation qemu, VmAccount account, KvmProbe probe) : IDisposable
{
    private const string Device = "/dev/kvm";
    private readonly SemaphoreSlim _choosing = new(1, 1);
    private readonly string _host = $"{Environment.OSVersion.Version} {qemu.Version} {HostCpu.Model}";

    /// <summary>What is known without booting anything; null when KVM has still to be tried.</summary>
    public async Task<AcceleratorChoice?> KnownAsync(CancellationToken cancellationToken)
    {
        if (options.Accelerator == "tcg")
            return new AcceleratorChoice("tcg", "Emulation was asked for.");
        if (await ObstacleAsync(cancellationToken) is { } obstacle)
            return new AcceleratorChoice("tcg", obstacle);
        return HostFacts.Read(data.HostFacts).Kvm is { } verdict && verdict.Host == _host
            ? new AcceleratorChoice(verdict.Works ? "kvm" : "tcg", verdict.Reason)
            : null;
    }

    /// <summary>
    /// Chooses, trying KVM when that was never done here. Faults: AcceleratorUnavailable, when KVM was asked for and does not work.
    /// </summary>
    /// <param name="kernel">A kernel to try KVM with, or null when there is none: then KVM is taken at its word.</param>
    /// <param name="cancellationToken">Ends the trial.</param>
    public async Task<Outcome<AcceleratorChoice>> ChooseAsync(string? kernel, CancellationToken cancellationToken)
    {
        await _choosing.WaitAsync(cancellationToken);
        try
        {
            var choice = await KnownAsync(cancellationToken) ?? await TryAsync(kernel, cancellationToken);
            return options.Accelerator == "kvm" && choice.Name != "kvm"
                ? new Fault(ErrorCode.AcceleratorUnavailable, "KVM was asked for and can not be used on this host.", choice.Reason, "Set the accelerator to auto or tcg.")
                : choice;
        }
        finally
        {
            _choosing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _choosing.Dispose();

    /// <summary>Why KVM can not even be tried, or null. Asked each time: rights are mended without a new kernel.</summary>
    private async Task<string?> ObstacleAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(Device))
            return $"This host has no {Device}.";
        string[] asAccount = [.. account.DropArguments(), "test", "-r", Device, "-a", "-w", Device];
        var opens = await new ToolRunner().RunAsync(new ToolStart("setpriv", "util-linux", asAccount), cancellationToken);
        return opens is { Fault: null, Value.ExitCode: 0 } ? null : $"The user '{account.Name}', which QEMU runs as, may not open {Device}.";
    }

    private async Task<AcceleratorChoice> TryAsync(string? kernel, CancellationToken cancellationToken)
    {
        if (kernel is null)
            return new AcceleratorChoice("kvm", "/dev/kvm opens; no kernel was at hand to try it with.");
        var (works, reason) = await probe.RunAsync(kernel, cancellationToken);
        new HostFacts(new KvmVerdict(works, reason, _host)).Write(data.HostFacts);
        return new AcceleratorChoice(works ? "kvm" : "tcg", reason);
    }
}
