using System.CommandLine;
using Mayfly.Contracts;

namespace Mayfly.Cli.Commands;

/// <summary>
/// A secret from standard input or a file. Never from an argument: all users of a computer see each other's command lines.
/// </summary>
internal sealed class SecretOptions
{
    private readonly string _what;
    private readonly Option<bool> _input;
    private readonly Option<string?> _file;

    /// <param name="what">Its name in options, such as "password".</param>
    /// <param name="otherwise">What happens when neither option is named.</param>
    public SecretOptions(string what, string otherwise)
    {
        _what = what.Replace('-', ' ');
        _input = new Option<bool>($"--{what}-stdin") { Description = $"Read the {_what}, one line, from standard input; {otherwise}" };
        _file = new Option<string?>($"--{what}-file") { Description = $"Read the {_what}, one line, from this file" };
    }

    public void AddTo(Command command)
    {
        command.Options.Add(_input);
        command.Options.Add(_file);
    }

    /// <summary>The secret, null when none is named, or why it can not be had.</summary>
    public async Task<Outcome<string?>> ReadAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var file = parsed.GetValue(_file);
        if (!parsed.GetValue(_input) && file is null)
            return (string?)null;
        if (parsed.GetValue(_input) && file is not null)
            return new Fault(ErrorCode.InvalidRequest, $"The {_what} is to come from standard input and from a file.", null, "Name one of them.");
        try
        {
            using var opened = file is null ? null : File.OpenText(file);
            var line = await (opened ?? cli.Environment.In).ReadLineAsync(cancellationToken);
            return string.IsNullOrEmpty(line)
                ? new Fault(ErrorCode.InvalidRequest, $"There is no {_what} in {file ?? "standard input"}.", "Its first line is empty.")
                : line;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Fault(ErrorCode.InvalidRequest, $"The {_what} can not be read from {file}.", exception.Message);
        }
    }
}
