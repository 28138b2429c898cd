using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Engine;
using Mayfly.Engine.Exchange;

namespace Mayfly.Remote.Wire;

/// <summary>What is asked of a host about its files, and about personas.</summary>
internal static class FileCalls
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(15);

    public static readonly HostCall<KindAsked, List<string>> List = new("files/list", Short);
    public static readonly HostCall<FileAsked, Done> Remove = new("files/remove", Short);
    public static readonly HostCall<Done, StorageAnswer> Storage = new("files/storage", Short);
    public static readonly HostCall<SaveAsked, SavedPersona> SavePersona = new("personas/save", Long);
    public static readonly HostCall<LoadAsked, LoadedPersona> LoadPersona = new("personas/load", Long);

    /// <summary>Paths of bytes: of which archive, in the query, and how many of them are sent to the host.</summary>
    public const string TakePersona = "personas/take", GivePersona = "personas/give";
}

internal sealed record StorageAnswer(string Volumes);

internal sealed record KindAsked(HostFileKind Kind);

/// <param name="Kind">What it is.</param>
/// <param name="Id">Its id.</param>
/// <param name="Unless">A storage on which a volume is not removed: that of who asks, where it would be the only one.</param>
internal sealed record FileAsked(HostFileKind Kind, string Id, string Unless);

internal sealed record SaveAsked(string MachineId, IReadOnlyList<PersonaFiles> Configs, int QuotaMib, bool Last);

internal sealed record LoadAsked(string MachineId, IReadOnlyList<PersonaArchive> Archives);
