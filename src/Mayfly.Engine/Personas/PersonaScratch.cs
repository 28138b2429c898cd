using Mayfly.Engine.Attaching;

namespace Mayfly.Engine.Personas;

/// <summary>The file behind a disk on which a persona comes or goes, in its machine's directory; gone when it is disposed of, or with the machine.</summary>
/// <param name="directory">The machine's directory.</param>
/// <param name="serial">Serial number of the disk.</param>
internal sealed class PersonaScratch(string directory, string serial) : IDisposable
{
    private const string Prefix = "persona-";
    private const string Suffix = ".raw";

    /// <summary>The file.</summary>
    public string Path { get; } = System.IO.Path.Combine(directory, Prefix + serial + Suffix);

    /// <summary>Serial number of the disk.</summary>
    public string Serial => serial;

    /// <summary>Makes the file, and removes what a mayflyd that was cut off has left.</summary>
    public FileStream Create()
    {
        foreach (var left in Directory.EnumerateFiles(directory, $"{Prefix}*{Suffix}"))
            File.Delete(left);
        return new FileStream(Path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
    }

    /// <summary>The disk.</summary>
    public AttachedDisk AsDisk(bool output) => AttachedDisk.OfPersona(serial, Path, output);

    /// <inheritdoc/>
    public void Dispose() => File.Delete(Path);
}
