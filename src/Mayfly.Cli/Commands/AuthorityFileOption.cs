using System.CommandLine;
using Mayfly.Contracts;

namespace Mayfly.Cli.Commands;

/// <summary>The authorities that alone may vouch for a server, from a PEM file.</summary>
internal sealed class AuthorityFileOption
{
    private readonly Option<string?> _file =
        new("--ca-file") { Description = "PEM file of the authorities that alone may vouch for it; \"\" for those the host of mayflyd trusts" };

    public void AddTo(Command command) => command.Options.Add(_file);

    /// <summary>The PEM text, what there is when none is named, or why it can not be had.</summary>
    public async Task<Outcome<string?>> ReadAsync(ParseResult parsed, string? there, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_file) is not { } file)
            return there;
        if (file.Length == 0)
            return (string?)null;
        try
        {
            return await File.ReadAllTextAsync(file, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Fault(ErrorCode.InvalidRequest, $"The authorities can not be read from {file}.", exception.Message);
        }
    }
}
