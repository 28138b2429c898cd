using System.Globalization;
using System.Text;

namespace Mayfly.Agent.Personas;

/// <summary>
/// A shell's script that packs parts of a persona one after the other: to start a program with the rights of an account takes longer than what tar does
/// to most parts. After each the shell tells how tar ended, and where its output stands: there the next part begins.
/// </summary>
internal sealed class PackScript
{
    // More is not held in memory for it.
    private const int MostLetters = 1 << 20;

    private readonly StringBuilder _text = new();

    // Not to be taken for anything that tar says.
    private readonly string _mark = $"packed-{Guid.NewGuid():N}";

    /// <summary>Begins one.</summary>
    /// <param name="options">What tar is told by its environment.</param>
    internal PackScript(string options) => _text.Append(CultureInfo.InvariantCulture, $$"""
        export TAR_OPTIONS={{Quoted(options)}}
        packed() {
            code=$?
            while read -r name place; do [ "$name" != pos: ] || break; done </proc/$$/fdinfo/1
            printf '\n{{_mark}} %s %s end\n' "$code" "$place" >&2
        }

        """);

    /// <summary>True when it has become too long to be used.</summary>
    internal bool IsTooLong => _text.Length > MostLetters;

    /// <summary>The script.</summary>
    internal string Text => _text.ToString();

    /// <summary>Adds a part.</summary>
    /// <param name="arguments">What tar is given.</param>
    internal void Add(IEnumerable<string> arguments) => _text.Append("tar ").AppendJoin(' ', arguments.Select(Quoted)).Append(" </dev/null; packed\n");

    /// <summary>What became of the parts, in their order; those that the shell did not come to are missing.</summary>
    /// <param name="said">All that the shell and its programs have said.</param>
    internal IReadOnlyList<PackedPart> Read(string said)
    {
        var (parts, words) = (new List<PackedPart>(), new List<string>());
        foreach (var line in said.Split('\n'))
        {
            if (line.Split(' ') is [var mark, var code, var place, "end"] && mark == _mark && int.TryParse(code, out var status) && long.TryParse(place, out var end))
            {
                parts.Add(new PackedPart(status, end, string.Join('\n', words).Trim()));
                words.Clear();
            }
            else
            {
                words.Add(line);
            }
        }
        return parts;
    }

    private static string Quoted(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}

/// <summary>What became of a part.</summary>
/// <param name="Status">How tar ended.</param>
/// <param name="End">Where its archive ends.</param>
/// <param name="Words">What tar said.</param>
internal readonly record struct PackedPart(int Status, long End, string Words);
