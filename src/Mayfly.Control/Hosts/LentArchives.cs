using Mayfly.Contracts;
using Mayfly.Engine.Exchange;
using Mayfly.Remote.Calling;

namespace Mayfly.Control.Hosts;

/// <summary>
/// Archives of personas that hosts have for as long as they are unpacked there. What is predefined is everybody's: at a logon rush many machines of
/// one host unpack the same archive, which goes with the last of them.
/// </summary>
internal sealed class LentArchives(IHostFiles files)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Host, string Id), Loan> _loans = [];

    /// <summary>Sees to it that a host has an archive until it is given back as often as it was lent. Faults: NotFound, those of a host.</summary>
    public async Task<Fault?> LendAsync(RemoteHost remote, string id, CancellationToken cancellationToken)
    {
        Loan loan;
        lock (_lock)
        {
            if (!_loans.TryGetValue((remote.Name, id), out loan!)) _loans[(remote.Name, id)] = loan = new Loan();
            loan.Users++;
        }

        await loan.Turn.WaitAsync(cancellationToken);
        try
        {
            return (await remote.Files.SendPersonaAsync(files, id, cancellationToken)).Fault;
        }
        finally
        {
            loan.Turn.Release();
        }
    }

    /// <summary>One who was lent it, or who asked for it in vain, needs it no more.</summary>
    public async Task GiveBackAsync(RemoteHost remote, string id)
    {
        Loan loan;
        lock (_lock) loan = _loans[(remote.Name, id)];
        // Whoever asks for it from now on waits, and has it sent anew.
        await loan.Turn.WaitAsync(CancellationToken.None);
        try
        {
            lock (_lock)
            {
                if (--loan.Users > 0) return;
            }

            _ = await remote.Files.RemoveAsync(files, HostFileKind.Persona, id, CancellationToken.None);
        }
        finally
        {
            lock (_lock)
            {
                if (loan.Users == 0) _loans.Remove((remote.Name, id));
            }

            loan.Turn.Release();
        }
    }

    private sealed class Loan
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public int Users { get; set; }
    }
}
