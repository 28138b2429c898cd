namespace Mayfly.TestKit;

/// <summary>A directory that goes with its test.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("mf-").FullName;

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
