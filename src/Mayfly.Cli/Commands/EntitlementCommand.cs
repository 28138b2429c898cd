using System.CommandLine;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary>A verb about a user or a group and a pool.</summary>
internal abstract class EntitlementCommand : VerbCommand
{
    private readonly Argument<string> _pool = new("pool") { Description = "Pool name" };
    private readonly HolderOptions _holder = new();

    protected EntitlementCommand(CliEnvironment environment, string name, string description)
        : base(environment, name, description)
    {
        Arguments.Add(_pool);
        _holder.AddTo(this);
    }

    /// <summary>Begins it.</summary>
    protected abstract Deed Begin(CliSession cli, EntitlementView entitlement, string holder, CancellationToken cancellationToken);

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        if (!_holder.Read(parsed).TryGet(out var holder, out var fault))
            return cli.Report.Fail(fault);
        var entitlement = new EntitlementView(parsed.GetRequiredValue(_pool), holder.User, holder.Group);
        var deed = Begin(cli, entitlement, holder.Name, cancellationToken);
        return cli.Report.Confirm(await deed.Doing, deed.Sentence, deed.Json);
    }
}
