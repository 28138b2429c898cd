using System.Text.Json;
using Mayfly.Agent.Attaching;
using Mayfly.Agent.Native;
using Mayfly.Agent.Running;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Environments;

/// <summary>What a request has, one after the other in the order of its parameters. One that fails does not keep the others from coming.</summary>
/// <param name="programs">Runs what is to be run.</param>
/// <param name="account">Whose session it is.</param>
/// <param name="paths">Where the guest's files are.</param>
/// <param name="request">What to set up.</param>
/// <param name="done">Called after the last.</param>
internal sealed class EnvironmentRun(ProgramRunner programs, DesktopAccount account, GuestPaths paths, EnvironmentRequest request, Action<EnvironmentReport> done)
{
    private const int OutOfTime = 124;
    private const int PromptSeconds = 30;
    private const uint OwnerOnly = 0x180;
    private readonly List<EnvironmentProblem> _problems = [];
    private readonly Queue<(string Name, Action Begin)> _steps = new();

    /// <summary>Begins.</summary>
    internal void Go()
    {
        if (request.Variables.Count > 0)
            _steps.Enqueue(("variables", () => SetVariables(new SessionVariables(request.Variables, account))));
        if (request.Drives.Count > 0)
            _steps.Enqueue(("drives", MountDrives));
        _steps.Enqueue(("shortcuts", () => WriteFiles(files => files.WriteShortcuts(request.Shortcuts))));
        _steps.Enqueue(("file types", () => WriteFiles(files => files.WriteTypes(request.FileTypes))));
        _steps.Enqueue(("printing", () => WriteFiles(files => files.WritePrinting(request.Printing))));
        foreach (var task in request.Tasks)
            _steps.Enqueue((NameOf(task), () => Run(task)));
        // Last: while it draws itself everything else takes longer.
        if (request.Variables.Count > 0)
            _steps.Enqueue(("variables", RestartPanel));
        Next();
    }

    private static string NameOf(SessionTask task) => $"task {task.Name}";

    private void Next()
    {
        if (!_steps.TryDequeue(out var step))
        {
            done(new EnvironmentReport(_problems));
            return;
        }
        try
        {
            step.Begin();
        }
        catch (Exception problem) when (problem is SystemCallException or IOException or UnauthorizedAccessException)
        {
            Fail(step.Name, problem.Message);
        }
    }

    private void SetVariables(SessionVariables variables)
    {
        SystemFile.WriteNew(paths.In(SessionVariables.Path), variables.Text(), 0x1A4);
        RunIfThere("systemctl", [.. account.Prefix, .. variables.ToManager()], "variables");
    }

    // It starts most programs, with the variables that it was started with. Nobody waits until it is drawn.
    private void RestartPanel() =>
        RunIfThere("systemctl", [.. account.Prefix, .. SessionVariables.Manager(account), "--no-block", "restart", "mayfly-panel.service"], "variables");

    private void RunIfThere(string program, IReadOnlyList<string> command, string name)
    {
        if (account.IsPerson && ProgramFinder.Find(program) is not null)
            Run(name, command, PromptSeconds);
        else
            Next();
    }

    private void MountDrives()
    {
        // It holds passwords: nobody else can open it, and it has no name any more when somebody could look.
        var path = paths.In("/run/mayfly/drives.json");
        SystemFile.WriteNew(path, JsonSerializer.Serialize(request, AgentJson.Default.EnvironmentRequest), OwnerOnly);
        var input = SystemCallException.Check(Libc.Open(path, Constants.ReadOnly | Constants.CloseOnExec | Constants.NoFollow, 0), $"open {path}");
        _ = Libc.Unlink(path);
        programs.Run(new ExecRequest([Environment.ProcessPath!, DriveProgram.Argument], request.DriveSeconds), Mounted, reason => Fail("drives", reason), new ChildStreams(input, null), preferred: true);
        _ = Libc.Close(input);
    }

    private void Mounted(ExecResult result)
    {
        if (result.ExitCode == 0)
            _problems.AddRange(result.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize(line, AgentJson.Default.EnvironmentProblem)!));
        else
            _problems.Add(new EnvironmentProblem("drives", Failure(result)));
        Next();
    }

    private void WriteFiles(Action<SessionFiles> write)
    {
        write(new SessionFiles(paths));
        Next();
    }

    private void Run(SessionTask task) =>
        Run(NameOf(task), [.. task.AsSystem ? [] : account.Prefix, .. task.AsSystem ? [] : SessionVariables.OfSession(account), "sh", "-lc", SessionVariables.Read + task.Command], task.TimeoutSeconds);

    private void Run(string name, IReadOnlyList<string> command, int seconds) => programs.Run(new ExecRequest(command, seconds), result =>
    {
        if (result.ExitCode != 0)
            _problems.Add(new EnvironmentProblem(name, Failure(result)));
        Next();
    }, reason => Fail(name, reason));

    private static string Failure(ExecResult result) => result.ExitCode == OutOfTime ? "it took too long" : $"{result.Stderr.Trim()} (status {result.ExitCode})".TrimStart();

    private void Fail(string name, string reason)
    {
        _problems.Add(new EnvironmentProblem(name, reason));
        Next();
    }
}
