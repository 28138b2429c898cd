using System.CommandLine;

namespace Mayfly.Cli.Commands;

/// <summary>Options on what an application is.</summary>
internal sealed class AppDetailsOptions
{
    private readonly Option<string?> _displayName = new("--display-name") { Description = "What people read" };
    private readonly Option<string?> _description = new("--description") { Description = "What it is" };
    private readonly Option<int?> _precedence = new("--precedence") { Description = "1 to 1000; where two have the same file, the lower number wins" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_displayName, _description, _precedence])
            command.Options.Add(option);
    }

    public (string? DisplayName, string? Description, int? Precedence) Read(ParseResult parsed) =>
        (parsed.GetValue(_displayName), parsed.GetValue(_description), parsed.GetValue(_precedence));
}
