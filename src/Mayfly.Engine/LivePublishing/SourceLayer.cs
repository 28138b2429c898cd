using Mayfly.Engine.Disks;
using Mayfly.Engine.Forking;
using Mayfly.Engine.Hypervisor;
using Mayfly.Qmp;

namespace Mayfly.Engine.LivePublishing;

/// <summary>
/// The new topmost layer of a running machine's disk. It is there, empty, before it is used: a crash at any moment leaves a disk with the
/// same content, whether or not the layer had come into use.
/// </summary>
internal sealed class SourceLayer
{
    private readonly QmpClient _qmp;
    private readonly string _path;
    private readonly string _node;
    private readonly string _below;
    private readonly bool _durable;
    private long? _set;
    private bool _stacked;

    private SourceLayer(QmpClient qmp, string path, string node, string below, bool durable) =>
        (_qmp, _path, _node, _below, _durable) = (qmp, path, node, below, durable);

    /// <summary>Makes a machine's next layer, and has QEMU open it. An exception leaves nothing of it.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="empty">An empty overlay of its disk size.</param>
    /// <param name="cancellationToken">Stops, and removes it.</param>
    /// <exception cref="QmpException">QEMU refuses.</exception>
    /// <exception cref="IOException">There is no room for it.</exception>
    public static async Task<SourceLayer> MakeAsync(Machine machine, string empty, CancellationToken cancellationToken)
    {
        var directory = machine.Qemu.Directory;
        var number = directory.TopLayer() + 1;
        var below = await machine.Qemu.Qmp.FindDiskNodeAsync(QemuNames.Disk, cancellationToken);
        var layer = new SourceLayer(machine.Qemu.Qmp, directory.DiskLayer(number), $"{DiskChain.TopNode}-layer{number}", below, machine.Kept is not null);
        var made = false;
        try
        {
            File.Copy(empty, layer._path);
            if (layer._durable)
            {
                DurableFile.Flush(layer._path);
                DurableFile.FlushDirectory(directory.Path);
            }

            await layer.OpenAsync(cancellationToken);
            made = true;
            return layer;
        }
        finally
        {
            if (!made)
                await layer.RemoveUnusedAsync();
        }
    }

    /// <summary>Puts it in use: what the guest writes from now on goes to it. The guest must stand still.</summary>
    /// <exception cref="QmpException">QEMU refused, or did not answer.</exception>
    public async Task StackAsync(CancellationToken cancellationToken)
    {
        _stacked = true;
        try
        {
            await _qmp.StackNodeAsync(_below, _node, cancellationToken);
        }
        catch (QmpException error) when (error.Failure == QmpFailure.CommandRefused)
        {
            // Without an answer it may be in use: then it stays.
            _stacked = false;
            throw;
        }
    }

    /// <summary>Removes it if it has not come into use. What a QEMU that does not answer still has open is empty, and removed with the machine.</summary>
    public async Task RemoveUnusedAsync()
    {
        if (_stacked)
            return;
        try
        {
            if (await _qmp.HasNodeAsync(_node, CancellationToken.None))
                await _qmp.RemoveNodeAsync(_node, CancellationToken.None);
            if (_set is { } set)
                await _qmp.RemoveDescriptorAsync(set, CancellationToken.None);
            File.Delete(_path);
        }
        catch (QmpException)
        {
            // Its QEMU is stuck or gone.
        }
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        using var file = File.OpenHandle(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        _set = await _qmp.AddDescriptorAsync(file, cancellationToken);
        await _qmp.AddNodeAsync(DiskChain.LayerNode(_node, _set.Value, _durable), cancellationToken);
    }
}
