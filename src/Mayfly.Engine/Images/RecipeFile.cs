namespace Mayfly.Engine.Images;

/// <summary>recipe.yaml as written; unchecked, so everything may be missing.</summary>
internal sealed class RecipeFile
{
    public string? Description { get; set; }

    public string? Suite { get; set; }

    public string? Kind { get; set; }

    public string? Kernel { get; set; }

    public List<string?>? Modules { get; set; }

    public List<string?>? Packages { get; set; }

    public HardwareFile? Hardware { get; set; }

    public DiskFile? Disk { get; set; }

    public string? CommandLine { get; set; }

    public SettleFile? Settle { get; set; }

    internal sealed class HardwareFile
    {
        public int MemoryMib { get; set; }

        public int Cpus { get; set; }

        public int VideoMemoryMib { get; set; }

        public bool Sound { get; set; }
    }

    internal sealed class DiskFile
    {
        public int SizeMib { get; set; }
    }

    internal sealed class SettleFile
    {
        public int QuietSeconds { get; set; }

        public double BusyPercent { get; set; }

        public int TimeoutSeconds { get; set; }
    }
}
