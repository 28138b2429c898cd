using Mayfly.Agent.Attaching;
using Mayfly.Agent.Loop;

namespace Mayfly.Agent.Personas;

/// <summary>The programs that somebody has started: those of the desktop's account that were not there before it was theirs.</summary>
/// <param name="account">Number of the account.</param>
internal sealed class UserPrograms(uint account)
{
    // Linux gives a number again only after four million others.
    private readonly HashSet<int> _before = [.. AccountProcesses.Of(account)];

    /// <summary>Asks them to end, so that they write what they hold, and kills those that do not within a time; the desktop goes on.</summary>
    internal void End(EventLoop loop, TimeSpan grace, Action done) => ProgramEnd.Start(loop, AccountProcesses.Of(account).Where(process => !_before.Contains(process)), grace, (_, _) => done());
}
