using System.Security.Cryptography;

namespace Mayfly.Cli.Demo;

/// <summary>
/// Passwords of the demo's users, one <c>user=password</c> a line in <c>demo-passwords</c> of the data directory, readable by its
/// owner alone. A password is written down before its user is made, so an interrupted demo never loses one.
/// </summary>
internal sealed class DemoPasswords(string dataDirectory)
{
    private const int Groups = 4;
    private const int GroupLength = 4;

    // Nothing that looks like something else when read from a screen.
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    private readonly string _path = Path.Combine(dataDirectory, "demo-passwords");

    /// <summary>The passwords of these users, made up for those who have none yet.</summary>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public async Task<IReadOnlyDictionary<string, string>> EnsureAsync(IEnumerable<string> users, CancellationToken cancellationToken)
    {
        var known = await ReadAsync(cancellationToken);
        var missing = users.Where(user => !known.ContainsKey(user)).ToList();
        if (missing.Count == 0)
            return known;
        foreach (var user in missing)
            known[user] = MakeUp();
        await WriteAsync(known, cancellationToken);
        return known;
    }

    private static string MakeUp() =>
        string.Join('-', Enumerable.Range(0, Groups).Select(_ => RandomNumberGenerator.GetString(Letters, GroupLength)));

    private async Task<Dictionary<string, string>> ReadAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(_path))
            return [];
        var lines = await File.ReadAllLinesAsync(_path, cancellationToken);
        return lines.Select(line => line.Split('=', 2)).Where(parts => parts.Length == 2).ToDictionary(parts => parts[0], parts => parts[1]);
    }

    private async Task WriteAsync(Dictionary<string, string> passwords, CancellationToken cancellationToken)
    {
        var next = _path + ".new";
        File.Delete(next);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        await using (var writer = new StreamWriter(next, options))
        {
            foreach (var (user, password) in passwords)
                await writer.WriteLineAsync($"{user}={password}".AsMemory(), cancellationToken);
        }

        File.Move(next, _path, overwrite: true);
    }
}
