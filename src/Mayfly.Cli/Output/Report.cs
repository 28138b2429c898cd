using System.Text.Json;
using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Output;

/// <summary>Everything a verb says: results on standard output, progress and errors on standard error.</summary>
internal sealed class Report(CliEnvironment environment, OutputFormat format)
{
    // Nothing is cut or wrapped for a reader that is not a screen.
    private const int WidthOfNoTerminal = 1000;

    private readonly IAnsiConsole _out = ConsoleOn(environment.Out);

    public OutputFormat Format => format;

    /// <summary>Shows the value, or the fault.</summary>
    /// <returns>The exit code.</returns>
    public int Show<T>(Outcome<T> outcome, Func<T, IRenderable> forPeople)
    {
        if (!outcome.TryGet(out var value, out var fault))
            return Fail(fault);
        Print(value, () => forPeople(value));
        return ExitCodes.Ok;
    }

    /// <summary>Shows one sentence, or as JSON the name of what was acted on, or the fault.</summary>
    /// <returns>The exit code.</returns>
    public int Confirm(Outcome<Done> outcome, string sentence, object json)
    {
        if (!outcome.TryGet(out _, out var fault))
            return Fail(fault);
        Print(json, () => new Text(sentence));
        return ExitCodes.Ok;
    }

    /// <summary>Prints a value in the format asked for.</summary>
    public void Print<T>(T json, Func<IRenderable> forPeople)
    {
        if (format is OutputFormat.Json)
        {
            environment.Out.WriteLine(JsonSerializer.Serialize(json, ApiJson.Printed));
            return;
        }

        if (_out.Profile.Out.IsTerminal)
            _out.Write(new Rows(forPeople()));
        else
            WritePlain(forPeople());
    }

    /// <summary>Shows values one after the other: in place on a terminal, elsewhere each below a line; as JSON, one record a line.</summary>
    /// <returns>What ended it.</returns>
    public Task<Fault> WatchAsync<T>(Func<T, IRenderable> forPeople, Func<Action<T>, Task<Fault>> work)
    {
        if (format is OutputFormat.Json)
            return work(value => environment.Out.WriteLine(JsonSerializer.Serialize(value, ApiJson.Wire)));
        if (_out.Profile.Out.IsTerminal)
            return _out.Live(new Text("")).Overflow(VerticalOverflow.Ellipsis).StartAsync(live => work(value => live.UpdateTarget(forPeople(value))));
        return work(value =>
        {
            environment.Out.WriteLine($"--- {Words.When(environment.Clock.GetUtcNow())}");
            WritePlain(forPeople(value));
        });
    }

    /// <summary>Says something on standard error that is no failure.</summary>
    public void Note(string sentence) => environment.Error.WriteLine(sentence);

    /// <summary>Prints a fault on standard error.</summary>
    /// <returns>The exit code of its code.</returns>
    public int Fail(Fault fault)
    {
        WriteError(fault.What, fault.Why, fault.Remedy, fault.Code.ToString());
        return ExitCodes.From(fault.Code);
    }

    /// <summary>Says that no mayflyd answers and how to start one.</summary>
    public int FailUnreachable(ServerUnreachableException exception)
    {
        var remedy = exception.Address.Socket is null
            ? "Check MAYFLY_URL, and that mayflyd runs there."
            : (Environment.IsPrivilegedProcess ? "Start" : "Run this with sudo where mayflyd is root's. Else start")
                + " it with \"systemctl start mayflyd\" (from a checkout: \"make run\"), set MAYFLY_DATA to its data directory, or name another with MAYFLY_URL and MAYFLY_TOKEN.";
        WriteError(exception.Message, null, remedy, nameof(ExitCodes.ServerUnreachable));
        return ExitCodes.ServerUnreachable;
    }

    /// <summary>Prints an error that has no code of the API.</summary>
    public int Fail(string what, int exitCode, string code)
    {
        WriteError(what, null, null, code);
        return exitCode;
    }

    /// <summary>Progress of long work on standard error: a bar on a terminal, plain lines elsewhere.</summary>
    public ProgressDisplay Progress()
    {
        var console = ConsoleOn(environment.Error);
        return console.Profile.Capabilities.Interactive && console.Profile.Out.IsTerminal
            ? new LiveProgress(console)
            : new PlainProgress(environment.Error);
    }

    private void WriteError(string what, string? why, string? remedy, string code)
    {
        environment.Error.WriteLine(Words.Printable($"{string.Join(' ', new[] { what, why }.Where(part => part is not null))} [{code}]"));
        if (remedy is not null)
            environment.Error.WriteLine(Words.Printable(remedy));
    }

    // A pipe gets no blanks that only a screen needs.
    private void WritePlain(IRenderable content)
    {
        using var buffer = new StringWriter();
        ConsoleOn(buffer).Write(content);
        var lines = buffer.ToString().Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0);
        foreach (var line in lines)
            environment.Out.WriteLine(line);
    }

    private static IAnsiConsole ConsoleOn(TextWriter writer)
    {
        var output = new AnsiConsoleOutput(writer);
        var settings = new AnsiConsoleSettings { Out = output, Ansi = output.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No };
        var console = AnsiConsole.Create(settings);
        if (!output.IsTerminal)
            console.Profile.Width = WidthOfNoTerminal;
        return console;
    }
}
