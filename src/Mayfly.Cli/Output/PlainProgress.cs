using System.Globalization;

namespace Mayfly.Cli.Output;

/// <summary>Progress as lines of text, for logs and pipes.</summary>
internal sealed class PlainProgress(TextWriter writer) : ProgressDisplay
{
    public override Task<T> RunAsync<T>(string title, Func<IProgressLine, Task<T>> work) => work(new Line(writer, title));

    private sealed class Line(TextWriter writer, string title) : IProgressLine
    {
        private string? _doing;

        public void Doing(string step, double percent)
        {
            // A log wants to know of each step once, not of each percent.
            if (step == _doing)
                return;
            _doing = step;
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{title}: {step} ({percent:0} %)"));
        }

        public void Finished(string step, double seconds) => writer.WriteLine($"{title}: {step}: {Words.Seconds(seconds)}");
    }
}
