using Mayfly.Contracts;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Images;
using Mayfly.Engine.Limits;
using Mayfly.Engine.Networks;
using Mayfly.Engine.Processes;
using Microsoft.Extensions.Logging;

namespace Mayfly.Engine;

/// <summary>Makes the <see cref="HostRuntime"/> when it is first needed, and tries again after a failure: QEMU may have been installed meanwhile.</summary>
internal sealed class HostRuntimeSource(
    EngineOptions options, DataDirectory data, ImageStore images, ControlGroups limits, ProcessWatcher watcher, ILogger<HostRuntime> logger,
    TimeProvider time) : IAsyncDisposable
{
    private readonly SemaphoreSlim _making = new(1, 1);
    private IReadOnlyDictionary<ImageVersion, int> _expected = new Dictionary<ImageVersion, int>();

    /// <summary>Networks lent to machines.</summary>
    public AddressSlots Slots { get; } = new();

    /// <summary>The runtime if it was made already.</summary>
    public HostRuntime? Current { get; private set; }

    /// <summary>The runtime. Faults: QemuMissing, QemuTooOld, VmUserMissing.</summary>
    public async Task<Outcome<HostRuntime>> GetAsync(CancellationToken cancellationToken)
    {
        if (Current is { } made)
            return made;
        await _making.WaitAsync(cancellationToken);
        try
        {
            if (Current is { } meanwhile)
                return meanwhile;
            var fresh = await HostRuntime.CreateAsync(options, data, images, Slots, limits, watcher, logger, time, cancellationToken);
            if (fresh.Fault is null)
            {
                Current = fresh.Value;
                Current.Rack.Expect(_expected);
            }

            return fresh;
        }
        finally
        {
            _making.Release();
        }
    }

    /// <summary>Sets how many shells to hold by image, now or once there is a runtime to hold them.</summary>
    public void Expect(IReadOnlyDictionary<ImageVersion, int> shells)
    {
        _expected = shells;
        Current?.Rack.Expect(shells);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Current is { } runtime)
            await runtime.DisposeAsync();
        _making.Dispose();
    }
}
