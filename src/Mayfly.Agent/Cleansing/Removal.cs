using Mayfly.Agent.Native;

namespace Mayfly.Agent.Cleansing;

/// <summary>Removes and empties files, and keeps the list of what it did. Links are removed, never followed.</summary>
internal sealed class Removal
{
    private const int MaxListed = 500;
    private readonly List<string> _done = [];

    /// <summary>The paths removed or emptied; the first of them when there were very many.</summary>
    internal IReadOnlyList<string> Done => _done;

    /// <summary>Removes the files of a folder whose names match; a missing folder is no failure.</summary>
    internal void Files(string folder, string pattern)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (var file in Directory.GetFiles(folder, pattern))
            Tree(file);
    }

    /// <summary>Removes one file, link or folder with all in it; a missing one is no failure.</summary>
    internal void Tree(string path)
    {
        try
        {
            if (new FileInfo(path).LinkTarget is null && Directory.Exists(path))
                Directory.Delete(path, recursive: true);
            else if (new FileInfo(path) is { } file && (file.Exists || file.LinkTarget is not null))
                file.Delete();
            else
                return;
            Note(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Diagnostics.Say($"could not remove {path}: {problem.Message}");
        }
    }

    /// <summary>Empties a file and keeps it; a missing one is no failure.</summary>
    internal void Empty(string path, string content = "")
    {
        if (!File.Exists(path))
            return;
        SystemFile.WriteInPlace(path, content);
        Note(path);
    }

    private void Note(string path)
    {
        if (_done.Count < MaxListed)
            _done.Add(path);
    }
}
