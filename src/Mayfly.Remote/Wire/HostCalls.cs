namespace Mayfly.Remote.Wire;

/// <summary>What is asked of a host itself.</summary>
internal static class HostCalls
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(10);

    /// <summary>The first half of joining: the host says who it is and asks for a certificate. Needs no certificate of the house, but the token's secret.</summary>
    public static readonly HostCall<JoinAsked, JoinAnswer> Ask = new("join/ask", Short);

    /// <summary>The second half: it is given one, and belongs to the house.</summary>
    public static readonly HostCall<JoinGiven, Contracts.Done> Join = new("join/give", Short);

    /// <summary>A certificate that ends soon is renewed in two halves as well.</summary>
    public static readonly HostCall<Contracts.Done, JoinAnswer> AskAgain = new("certificate/ask", Short);

    /// <summary>The second half of that.</summary>
    public static readonly HostCall<JoinGiven, Contracts.Done> Renew = new("certificate/give", Short);

    /// <summary>The host is removed from the house.</summary>
    public static readonly HostCall<Contracts.Done, Contracts.Done> Leave = new("host/leave", Short);

    /// <summary>The lease: see <see cref="LeaseAsked"/>.</summary>
    public static readonly HostCall<LeaseAsked, LeaseAnswer> Lease = new("host/lease", Short);

    /// <summary>Path of the machines' changes, as <see cref="MachineTold"/> line by line.</summary>
    public const string Watch = "host/watch";

    /// <summary>Path of a display's or a sound card's WebSocket; the machine's id and which of the two follow.</summary>
    public const string Screen = "machines/screen";
}

/// <param name="Secret">Of the token.</param>
internal sealed record JoinAsked(string Secret);

/// <param name="Request">Certificate request, PEM.</param>
/// <param name="Hostname">What the host calls itself.</param>
internal sealed record JoinAnswer(string Request, string Hostname);

/// <param name="Secret">Of the token; null for a renewal.</param>
/// <param name="Certificate">Of the host, PEM.</param>
/// <param name="Authority">Of the house, one or two, PEM.</param>
internal sealed record JoinGiven(string? Secret, string Certificate, string Authority);

/// <summary>Renews the lease of a host, which holds for a while from the answer that <paramref name="Heard"/> names: one that it knows to have arrived.</summary>
/// <param name="Length">How long.</param>
/// <param name="Heard">Number of the last answer that was heard in this term, or 0.</param>
/// <param name="Fence">True when volumes lie where other hosts reach them: once the lease has ended, no machine here may write to one.</param>
internal sealed record LeaseAsked(TimeSpan Length, long Heard, bool Fence = false);

/// <param name="Number">Number of this answer.</param>
/// <param name="CertificateEnds">When the host's certificate ends.</param>
/// <param name="MemoryBytes">Memory of the host.</param>
/// <param name="AvailableBytes">Memory still to be had.</param>
/// <param name="Trust">Whom the host trusts.</param>
internal sealed record LeaseAnswer(long Number, DateTimeOffset CertificateEnds, long MemoryBytes, long AvailableBytes, Trust.HostTrust? Trust = null);

/// <summary>A change of a machine, or, without an id, the end of those that were there at the beginning.</summary>
/// <param name="Sequence">Counted from the host's start on.</param>
/// <param name="MachineId">Which.</param>
/// <param name="Machine">As it is now; null once it is gone.</param>
/// <param name="News">What happened by itself, or null.</param>
internal sealed record MachineTold(long Sequence, string? MachineId, Engine.HostMachine? Machine, NewsTold? News);

/// <summary>Some <see cref="Engine.HostMachineNews"/>.</summary>
internal sealed record NewsTold(NewsKind Kind, Contracts.Fault? Fault, bool Kept)
{
    public static NewsTold Of(Engine.HostMachineNews news) => news switch
    {
        Engine.HostMachineExit exit => new NewsTold(NewsKind.Exit, exit.Fault, exit.Kept),
        Engine.HostMachineTrouble trouble => new NewsTold(NewsKind.Trouble, trouble.Fault, false),
        Engine.HostMachineRecovery => new NewsTold(NewsKind.Recovery, null, false),
        _ => throw new InvalidOperationException($"{news.GetType().Name} can not be told over the network."),
    };

    public Engine.HostMachineNews ToNews(string machineId) => Kind switch
    {
        NewsKind.Exit => new Engine.HostMachineExit(machineId, Fault!, Kept),
        NewsKind.Trouble => new Engine.HostMachineTrouble(machineId, Fault!),
        _ => new Engine.HostMachineRecovery(machineId),
    };
}

internal enum NewsKind
{
    Exit,
    Trouble,
    Recovery,
}
