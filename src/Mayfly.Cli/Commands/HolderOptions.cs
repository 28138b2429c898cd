using System.CommandLine;
using Mayfly.Contracts;

namespace Mayfly.Cli.Commands;

/// <summary>A user, as argument, or a group, as option: exactly one of them.</summary>
internal sealed class HolderOptions
{
    private readonly Argument<string?> _user = new("user") { Description = "User name", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _group = new("--group") { Description = "Group name, in place of a user" };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_user);
        command.Options.Add(_group);
    }

    /// <summary>The one that is named.</summary>
    public Outcome<Holder> Read(ParseResult parsed)
    {
        var holder = new Holder(parsed.GetValue(_user), parsed.GetValue(_group));
        return holder.User is null == holder.Group is null
            ? new Fault(ErrorCode.InvalidRequest, "Name either a user or, with --group, a group.")
            : holder;
    }
}
