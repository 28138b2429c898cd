using System.ComponentModel.DataAnnotations;

namespace Mayfly.Engine;

/// <summary>Settings of one host.</summary>
public sealed class EngineOptions
{
    /// <summary>Absolute path of the data directory. Short: socket names below it may have 107 bytes.</summary>
    [Required]
    public string DataDirectory { get; set; } = "";

    /// <summary>Directory with the recipes of golden images.</summary>
    public string RecipeDirectory { get; set; } = "";

    /// <summary>The guest agent's binary, put into images built here.</summary>
    public string AgentPath { get; set; } = "";

    /// <summary>"auto", "kvm" or "tcg".</summary>
    /// <value>"auto" takes KVM where a kernel really runs on it.</value>
    [RegularExpression("auto|kvm|tcg")]
    public string Accelerator { get; set; } = "auto";

    /// <summary>System user QEMU runs as when mayflyd is root.</summary>
    public string VmUser { get; set; } = "mayfly-vm";

    /// <summary>Control group handed to mayflyd for its machines, below the hierarchy, or null: then its own is divided, if it may be.</summary>
    /// <value>A group of a service of its own, so that it outlives mayflyd's. systemd can not start a service in a group that is divided.</value>
    public string? MachineGroup { get; set; }

    /// <summary>Memory never given to machines, in bytes.</summary>
    /// <value>512 MiB.</value>
    public long MemoryReserveBytes { get; set; } = 512L << 20;

    /// <summary>Disk space of the data directory never given to machines, in bytes.</summary>
    /// <value>1 GiB.</value>
    public long DiskReserveBytes { get; set; } = 1L << 30;

    /// <summary>How long a clone may take from running to READY, the post-sync script not counted.</summary>
    /// <value>30 s: sixty times what an emulated desktop needs.</value>
    public TimeSpan ClonePrepDeadline { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a guest may take to merge what is attached to it.</summary>
    /// <value>60 s, for many packages under emulation on a busy host.</value>
    public TimeSpan AttachDeadline { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How often each READY machine is looked at: QEMU, guest agent, disk.</summary>
    /// <value>10 s.</value>
    public TimeSpan WatchInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long QEMU and the guest agent may take to answer when they are looked at.</summary>
    /// <value>20 s: an emulated guest on a busy host is slow, and slow is no trouble.</value>
    public TimeSpan WatchDeadline { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>After how many looks without an answer a machine is in trouble.</summary>
    /// <value>2.</value>
    [Range(1, int.MaxValue)]
    public int TroubleAfter { get; set; } = 2;

    /// <summary>How long the memory of a running machine may take to be copied, before the copy is given up.</summary>
    /// <value>3 minutes: a guest that writes faster than its memory is copied would take for ever.</value>
    public TimeSpan LiveCopyDeadline { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>How long a parent may take to boot until its agent answers.</summary>
    /// <value>10 minutes, for a desktop under emulation on a busy host.</value>
    public TimeSpan BootDeadline { get; set; } = TimeSpan.FromMinutes(10);
}
