using Mayfly.Agent.Native;
using Mayfly.Agent.Running;
using Mayfly.Agent.Xfconf;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Personas;

/// <summary>
/// Parts of a persona, one after the other, by the guest's tar under the account of the desktop: what that may not read or write is neither packed
/// nor overwritten, whatever an archive says. One that fails does not keep the others from coming. Many are done by one program where that goes
/// well; what does not is done again by itself, which tells why.
/// </summary>
/// <param name="programs">Runs what is to be run.</param>
/// <param name="disk">What is written to or read from.</param>
/// <param name="done">Called after the last part.</param>
internal abstract class PersonaRun(AccountPrograms programs, PersonaDisk disk, Action done)
{
    /// <summary>
    /// For GNU tar; another does not know of it. A file with holes takes no more than what is in it, what is mounted in the home stays where it is, and one
    /// that may not be read, of which tar tells, keeps none of the others out.
    /// </summary>
    protected const string Options = "--sparse --one-file-system --ignore-failed-read --warning=no-file-changed --warning=no-file-removed --warning=no-file-ignored --warning=no-xdev";

    private const int MostLetters = 300;
    private readonly Queue<(string Name, Action Begin)> _parts = new();

    /// <summary>What went wrong.</summary>
    internal List<PersonaProblem> Problems { get; } = [];

    /// <summary>What is written to or read from.</summary>
    protected PersonaDisk Disk => disk;

    /// <summary>The home.</summary>
    protected string Home => programs.Account.Home;

    /// <summary>Does the next part; calls back after the last.</summary>
    internal void Go()
    {
        if (!_parts.TryDequeue(out var part))
        {
            done();
            return;
        }
        programs.OthersWait = _parts.Count > 0;
        try
        {
            part.Begin();
        }
        catch (Exception problem) when (problem is SystemCallException or IOException or UnauthorizedAccessException)
        {
            Fail(part.Name, problem.Message);
        }
    }

    /// <summary>Adds a part.</summary>
    protected void Add(string name, Action begin) => _parts.Enqueue((name, begin));

    /// <summary>What tar is given to work in the home, on an archive that comes or goes by its streams.</summary>
    protected IReadOnlyList<string> InHome(params IEnumerable<string> arguments) => ["-f", "-", "-C", Home, .. arguments];

    /// <summary>Runs the guest's tar for a part.</summary>
    protected void Tar(string name, IReadOnlyList<string> arguments, ChildStreams streams, int mostExitCode, Action<string?, string> ended) =>
        Run(name, TarCommand(arguments), streams, mostExitCode, ended);

    /// <summary>A command that runs the guest's tar.</summary>
    protected static IReadOnlyList<string> TarCommand(IEnumerable<string> arguments) => ["env", $"TAR_OPTIONS={Options}", "tar", .. arguments];

    /// <summary>Runs one program for all parts, which leaves some of the time to those it does not do well.</summary>
    protected void RunForAll(IReadOnlyList<string> command, ChildStreams streams, Action<string?, string> ended)
    {
        programs.OthersWait = true;
        Run("", command, streams, 0, ended);
    }

    /// <summary>Has what is set in the desktop written to the home.</summary>
    protected void WriteSettings(IEnumerable<PersonaSettings> parts) => new LiveSettings(programs).Run(SettingsProgram.Save, parts, problems =>
    {
        Problems.AddRange(problems);
        Go();
    });

    /// <summary>Something went wrong with a part, which was done all the same.</summary>
    protected void Tell(string name, string reason)
    {
        var lines = reason.Split('\n');
        // A path can be long, and what went wrong with it stands at the end.
        var first = lines[0].Length > MostLetters ? $"…{lines[0][^MostLetters..]}" : lines[0];
        Problems.Add(new PersonaProblem(name, lines.Length > 1 ? $"{first} (and {lines.Length - 1} more)" : first));
    }

    /// <summary>A part could not be done; the next one is.</summary>
    protected void Fail(string name, string reason)
    {
        Tell(name, reason);
        Go();
    }

    private void Run(string name, IReadOnlyList<string> command, ChildStreams streams, int mostExitCode, Action<string?, string> ended) =>
        programs.Run(command, streams, mostExitCode, (failure, words) =>
        {
            try
            {
                ended(failure, words);
            }
            catch (SystemCallException problem)
            {
                Fail(name, problem.Message);
            }
        });
}
