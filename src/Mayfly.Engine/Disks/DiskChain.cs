using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mayfly.Engine.Disks;

/// <summary>One file of a chain.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Format">"raw" or "qcow2"; given, never probed.</param>
internal sealed record DiskFile(string Path, string Format);

/// <summary>
/// A disk as files from the one written to down to the base. QEMU gets them open, as descriptor sets numbered like the files:
/// it needs no access to any directory, and backing names inside the files are never followed.
/// </summary>
/// <param name="Files">Topmost first; only that one is opened for writing.</param>
internal sealed record DiskChain(IReadOnlyList<DiskFile> Files)
{
    /// <summary>Node name of the topmost file.</summary>
    public const string TopNode = "disk";

    /// <summary>True makes the guest's flushes reach the disk of the host: for machines that are to outlive a crash of it.</summary>
    public bool Durable { get; init; }

    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.General);

    /// <summary>The chain as the argument of -blockdev.</summary>
    public string ToBlockNode() => Node(0).ToJsonString(Plain);

    /// <summary>A layer to be put on top of a chain that is in use, as blockdev-add takes it.</summary>
    /// <param name="name">Name of the node.</param>
    /// <param name="set">Number of the descriptor set with its file, a qcow2 file.</param>
    /// <param name="durable">As <see cref="Durable"/>.</param>
    public static JsonObject LayerNode(string name, long set, bool durable) => new()
    {
        ["driver"] = "qcow2",
        ["node-name"] = name,
        ["file"] = FileNode(set, writable: true, durable),
        // Stacking gives it one.
        ["backing"] = null,
        ["discard"] = "unmap",
    };

    private static JsonObject FileNode(long set, bool writable, bool durable) => new()
    {
        ["driver"] = "file",
        ["filename"] = $"/dev/fdset/{set}",
        ["read-only"] = !writable,
        // Base files are never written by anyone again, so there is nothing to lock against.
        ["locking"] = writable ? "on" : "off",
        // In a machine that is thrown away a flush would only wait for a disk that nobody will read after a crash.
        ["cache"] = new JsonObject { ["direct"] = false, ["no-flush"] = !durable },
    };

    private JsonObject Node(int index)
    {
        var file = Files[index];
        var writable = index == 0;
        var node = new JsonObject
        {
            ["driver"] = file.Format,
            ["node-name"] = writable ? TopNode : $"{TopNode}-base{index}",
            ["read-only"] = !writable,
            ["file"] = FileNode(index, writable, writable && Durable),
        };
        if (index + 1 < Files.Count)
            node["backing"] = Node(index + 1);
        else if (file.Format == "qcow2")
            node["backing"] = null;
        if (writable)
            node["discard"] = "unmap";
        return node;
    }
}
