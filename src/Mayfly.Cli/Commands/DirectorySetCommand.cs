using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary>A verb that adds a directory of one kind, or changes what is named of one there is.</summary>
internal abstract class DirectorySetCommand : VerbCommand
{
    private readonly Argument<string> _directory = new("directory") { Description = "Directory name: the one to change, or a new one" };
    private readonly AuthorityFileOption _authorities = new();
    private readonly SecretOptions _secret;

    protected DirectorySetCommand(CliEnvironment environment, string name, string description, string secret)
        : base(environment, name, description)
    {
        _secret = new SecretOptions(secret, "without it the one there is stays");
        Arguments.Add(_directory);
        _authorities.AddTo(this);
        _secret.AddTo(this);
    }

    /// <summary>The PEM there is, or null.</summary>
    protected abstract string? Authorities(DirectoryView? there);

    /// <summary>What to send.</summary>
    protected abstract Outcome<SetDirectoryRequest> Change(DirectoryView? there, Material material, ParseResult parsed);

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var name = parsed.GetRequiredValue(_directory);
        var secret = await _secret.ReadAsync(cli, parsed, cancellationToken);
        if (secret.Fault is { } noSecret)
            return cli.Report.Fail(noSecret);
        if (!(await cli.Client.DirectoriesAsync(cancellationToken)).TryGet(out var all, out var fault))
            return cli.Report.Fail(fault);
        var there = all.Find(directory => directory.Name == name);
        var authorities = await _authorities.ReadAsync(parsed, Authorities(there), cancellationToken);
        if (authorities.Fault is { } noAuthorities)
            return cli.Report.Fail(noAuthorities);
        if (!Change(there, new Material(name, authorities.Value, secret.Value), parsed).TryGet(out var request, out fault))
            return cli.Report.Fail(fault);
        return cli.Report.Show(await cli.Client.SetDirectoryAsync(name, request, cancellationToken), DirectoryFacts.Of);
    }

    /// <summary>An optional text: as it is when not named, none for "".</summary>
    protected static string? Text(ParseResult parsed, Option<string?> option, string? there) =>
        parsed.GetValue(option) is { } text ? text.Length == 0 ? null : text : there;

    /// <summary>Several values, or those there are.</summary>
    protected static IReadOnlyList<string>? Several(ParseResult parsed, Option<string[]> option, IReadOnlyList<string>? there) =>
        parsed.GetValue(option) is { Length: > 0 } named ? named : there;

    protected static Fault Lacks(string options) =>
        new(ErrorCode.InvalidRequest, "A new directory lacks settings.", null, $"Name {options}.");

    /// <summary>What has been read for a change.</summary>
    /// <param name="Name">The directory's name.</param>
    /// <param name="Authorities">PEM, or null for the host's own.</param>
    /// <param name="Secret">A new secret, or null.</param>
    protected sealed record Material(string Name, string? Authorities, string? Secret);
}
