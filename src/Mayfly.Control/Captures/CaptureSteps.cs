using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Apps;
using Mayfly.Control.Events;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Captures;

/// <summary>The steps of a capture; each returns the state that follows. Each can be done again after it was cut off.</summary>
public sealed class CaptureSteps(HouseDatabase database, IMachineHost host, IPackageLibrary library, PackageBook packages, EventLog events)
{
    /// <summary>Does what comes in the state a capture is in.</summary>
    internal async Task<Outcome<CaptureState>> DoAsync(CaptureRow row, Action<string?> show, CancellationToken cancellationToken) => row.State switch
    {
        CaptureState.Starting => await StartAsync(row, show, cancellationToken),
        CaptureState.Open => new Fault(ErrorCode.CaptureFailed, "The machine of the capture is gone.", "It ended while mayflyd did not run.", "Begin the capture again."),
        CaptureState.Installing => await InstallAsync(row, show, cancellationToken),
        CaptureState.Packing => await PackAsync(row, show, cancellationToken),
        _ => throw new InvalidOperationException($"A capture that is {row.State} has no step."),
    };

    /// <summary>Removes a package file that did not become a package.</summary>
    internal async Task DropAsync(CaptureRow row)
    {
        if (row.State != CaptureState.Done) await library.RemoveAsync(row.PackageId, CancellationToken.None);
    }

    private async Task<Outcome<CaptureState>> StartAsync(CaptureRow row, Action<string?> show, CancellationToken cancellationToken)
    {
        show("making a machine");
        // One of an earlier try knows nothing of this one.
        if (host.Find(row.MachineId) is not null) await host.DestroyAsync(row.MachineId);
        var request = new ProvisionRequest(row.MachineId, $"capture-{row.Id}", new ImageVersion(row.Image, row.ImageVersion)) { Home = true };
        var made = await host.ProvisionAsync(request, null, cancellationToken);
        if (made.Fault is { } refused) return refused;
        show("beginning to note what is written");
        var begun = await library.BeginCaptureAsync(row.MachineId, await BaseAsync(row, cancellationToken), row.Request.SizeMib, cancellationToken);
        if (begun.Fault is { } fault) return fault;
        if (row.Unattended) return CaptureState.Installing;
        show("opening a terminal of root");
        var opened = await library.OpenTerminalAsync(row.MachineId, cancellationToken);
        return opened.Fault is { } closed ? closed : CaptureState.Open;
    }

    private async Task<Outcome<CaptureState>> InstallAsync(CaptureRow row, Action<string?> show, CancellationToken cancellationToken)
    {
        var source = new CaptureSource(row.Request.Packages, row.Request.Files, row.Request.Script);
        var installed = await library.InstallAsync(row.MachineId, source, new Shown(show), cancellationToken);
        return installed.Fault is { } fault ? fault : CaptureState.Packing;
    }

    private async Task<Outcome<CaptureState>> PackAsync(CaptureRow row, Action<string?> show, CancellationToken cancellationToken)
    {
        // Packed already, but that could not be written down then.
        var manifest = library.List().FirstOrDefault(package => package.Id == row.PackageId);
        if (manifest is null)
        {
            var rules = new PackageRules(row.Request.AllowPrivileged, row.Request.SizeMib);
            var packed = await library.FinishCaptureAsync(row.PackageId, row.MachineId, rules, new Shown(show), cancellationToken);
            if (!packed.TryGet(out manifest, out var fault)) return fault;
        }

        return await AddAsync(row, manifest);
    }

    /// <summary>The package and the end of the capture in one transaction. No token: the file is there.</summary>
    private Task<Outcome<CaptureState>> AddAsync(CaptureRow row, PackageManifest manifest) => database.WriteAsync<Outcome<CaptureState>>(async context =>
    {
        var capture = await context.Captures.SingleAsync(c => c.Id == row.Id);
        if (capture.State != CaptureState.Packing) return capture.State;
        packages.Add(context, manifest, row.App, row.Version, row.Request.Base, row.StartedBy);
        capture.State = CaptureState.Done;
        events.Add(context, new HouseEvent(EventKinds.CaptureEnded, $"Version {row.Version} of '{row.App}' was captured.", row.StartedBy));
        return CaptureState.Done;
    }, CancellationToken.None);

    private async Task<string?> BaseAsync(CaptureRow row, CancellationToken cancellationToken)
    {
        if (row.Request.Base is not { } version) return null;
        await using var context = await database.ReadAsync(cancellationToken);
        return await context.Packages.Where(p => p.App == row.App && p.Version == version).Select(p => p.Id).SingleAsync(cancellationToken);
    }

    /// <summary>Progress that is shown at once, in order.</summary>
    private sealed class Shown(Action<string?> show) : IProgress<StepProgress>
    {
        public void Report(StepProgress value) => show(value.Step);
    }
}
