using System.Text.Json;
using Mayfly.Agent.Attaching;
using Mayfly.Agent.Native;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Environments;

/// <summary>
/// The agent as the program that mounts network drives: a server that does not answer keeps nobody but this waiting, and it is killed then. It reads
/// the request from its standard input and says each problem in a line.
/// </summary>
internal static class DriveProgram
{
    /// <summary>Argument of the agent that is this program.</summary>
    internal const string Argument = "--drives";

    /// <summary>Mounts all.</summary>
    /// <returns>Exit status; 0 also where a drive could not be mounted.</returns>
    internal static int Run()
    {
        using var input = Console.OpenStandardInput();
        if (JsonSerializer.Deserialize(input, AgentJson.Default.EnvironmentRequest) is not { } request)
            return 2;
        var account = DesktopAccount.Find(new GuestPaths());
        foreach (var drive in request.Drives)
            Try($"drive {drive.Name}", () => DriveMount.Mount(drive, account));
        foreach (var folder in request.Folders)
            Try($"folder {folder.Folder}", () => DriveMount.Redirect(folder, account));
        return 0;
    }

    private static void Try(string name, Action work)
    {
        try
        {
            work();
        }
        catch (Exception problem) when (problem is SystemCallException or IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException)
        {
            var line = JsonSerializer.SerializeToUtf8Bytes(new EnvironmentProblem(name, problem.Message), AgentJson.Default.EnvironmentProblem);
            SystemFile.WriteAll(1, [.. line, (byte)'\n'], "the answer");
        }
    }
}
