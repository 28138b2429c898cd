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

    /// <summary>Memory never given to machines, in bytes.</summary>
    /// <value>512 MiB.</value>
    public long MemoryReserveBytes { get; set; } = 512L << 20;

    /// <summary>Disk space of the data directory never given to machines, in bytes.</summary>
    /// <value>1 GiB.</value>
    public long DiskReserveBytes { get; set; } = 1L << 30;

    /// <summary>How long a clone may take from running to READY, the post-sync script not counted.</summary>
    /// <value>30 s: sixty times what an emulated desktop needs.</value>
    public TimeSpan ClonePrepDeadline { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a parent may take to boot until its agent answers.</summary>
    /// <value>10 minutes, for a desktop under emulation on a busy host.</value>
    public TimeSpan BootDeadline { get; set; } = TimeSpan.FromMinutes(10);
}
