namespace Mayfly.Engine.Images;

/// <summary>Follows a build by its output: writes it to a log file, tells the steps, and keeps the end for when it fails.</summary>
internal sealed class BuildLog(string path, IProgress<StepProgress> progress) : IDisposable
{
    private const int LinesKept = 6;
    private const int LineLength = 300;

    // What mmdebstrap or the assembly says when a step begins; the share of the whole as measured on a desktop.
    private static readonly (string Mark, StepProgress Step)[] s_steps =
    [
        ("I: running apt-get update", new("Fetching package lists", 2)),
        ("I: downloading packages", new("Downloading packages", 6)),
        ("I: extracting archives", new("Unpacking packages", 14)),
        ("I: installing essential packages", new("Installing the base system", 18)),
        ("I: installing remaining packages", new("Installing packages", 28)),
        ("mayfly: customize", new("Setting up the guest", 72)),
        ("mayfly: initrd", new("Making the initial RAM disk", 78)),
        ("mayfly: disk", new("Making the disk", 82)),
        ("I: removing tempdir", new("Cleaning up", 92)),
    ];

    private readonly StreamWriter _file = new(path, append: false);
    private readonly Queue<string> _tail = new();
    private readonly Lock _gate = new();

    /// <summary>Takes one line of output; from any thread.</summary>
    public void Add(string line)
    {
        lock (_gate)
        {
            _file.WriteLine(line);
            if (IsMeaningful(line))
                _tail.Enqueue(line.Length > LineLength ? line[..LineLength] : line);
            if (_tail.Count > LinesKept)
                _tail.Dequeue();
        }
        foreach (var (mark, step) in s_steps)
        {
            if (line.StartsWith(mark, StringComparison.Ordinal))
                progress.Report(step);
        }
    }

    /// <summary>The last lines that can explain a failure.</summary>
    public string Tail()
    {
        lock (_gate)
        {
            _file.Flush();
            return string.Join(" | ", _tail);
        }
    }

    public void Dispose() => _file.Dispose();

    // mmdebstrap goes on talking about its own clean-up after the error.
    private static bool IsMeaningful(string line) =>
        line.Trim().Length > 0 && !line.StartsWith("I: ", StringComparison.Ordinal) && !line.StartsWith("E: mmdebstrap failed", StringComparison.Ordinal);
}
