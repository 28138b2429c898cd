using Spectre.Console;

namespace Mayfly.Cli.Output;

/// <summary>Progress as a bar on a terminal; finished steps scroll up above it.</summary>
internal sealed class LiveProgress(IAnsiConsole console) : ProgressDisplay
{
    public override Task<T> RunAsync<T>(string title, Func<IProgressLine, Task<T>> work) =>
        console.Progress().AutoClear(true).HideCompleted(false)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 30 },
                new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context => work(new Line(console, title, context.AddTask(Markup.Escape(title)))));

    private sealed class Line(IAnsiConsole console, string title, ProgressTask task) : IProgressLine
    {
        public void Doing(string step, double percent)
        {
            task.Description = Markup.Escape($"{title}: {step}");
            task.Value = percent;
        }

        public void Finished(string step, double seconds) =>
            console.MarkupLineInterpolated($"[green]✓[/] {title}: {step} [grey]{Words.Seconds(seconds)}[/]");
    }
}
