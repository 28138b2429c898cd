using System.Diagnostics;
using System.Text;
using Mayfly.Agent.Running;
using Mayfly.Agent.Xfconf;

namespace Mayfly.Agent.Dconf;

/// <summary>dconf of a running session, by the program of that name. Whoever shows a setting is told by dconf when it changes.</summary>
/// <param name="runtime">The session's folder of <c>XDG_RUNTIME_DIR</c>.</param>
/// <param name="home">The home.</param>
internal sealed class DconfProgram(string runtime, string home)
{
    private const string Name = "dconf";

    /// <summary>What <see cref="SettingValue.Type"/> says of its values: they are text as GVariant writes it.</summary>
    internal const string Variant = "gvariant";

    /// <summary>True when the guest has it.</summary>
    internal static bool IsThere => ProgramFinder.Find(Name) is not null;

    /// <summary>All that is set, by key: "/org/xfce/mousepad/preferences/view/font-name".</summary>
    internal async Task<SortedDictionary<string, SettingValue>> ReadAsync()
    {
        var values = new SortedDictionary<string, SettingValue>(StringComparer.Ordinal);
        var folder = "/";
        foreach (var line in (await RunAsync("", "dump", "/")).Split('\n'))
        {
            if (line is ['[', .. var inner, ']'])
                folder = inner == "/" ? inner : $"/{inner}/";
            else if (line.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
                values[folder + line[..equals]] = new SettingValue(Variant, line[(equals + 1)..]);
        }
        return values;
    }

    /// <summary>Sets all of these at once; what the system has locked stays.</summary>
    internal Task SetAsync(SortedDictionary<string, SettingValue> values)
    {
        var file = new StringBuilder();
        foreach (var (key, value) in values)
        {
            var slash = key.LastIndexOf('/');
            file.Append('[').Append(slash > 0 ? key[1..slash] : "/").Append("]\n").Append(key, slash + 1, key.Length - slash - 1).Append('=').Append(value.Text).Append('\n');
        }
        return RunAsync(file.ToString(), "load", "-f", "/");
    }

    /// <summary>Takes back what was set of a key.</summary>
    internal Task ResetAsync(string key) => RunAsync("", "reset", key);

    private async Task<string> RunAsync(string input, params string[] arguments)
    {
        var start = new ProcessStartInfo(ProgramFinder.Find(Name)!, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HOME"] = home;
        start.Environment["XDG_RUNTIME_DIR"] = runtime;
        start.Environment["DBUS_SESSION_BUS_ADDRESS"] = $"unix:path={runtime}/bus";
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await using (process.StandardInput)
            await process.StandardInput.WriteAsync(input);
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new IOException($"{Name} {arguments[0]}: {(await errors).Trim()}");
    }
}
