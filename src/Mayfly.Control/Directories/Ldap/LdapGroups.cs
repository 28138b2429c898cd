using System.Buffers.Binary;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Control.Directories.Ldap;

/// <summary>Reads which groups a person is in, by each of the ways directories keep them.</summary>
internal static class LdapGroups
{
    /// <summary>Most groups that one person may be in. More are refused, not cut off: a missing group could be one that matters.</summary>
    public const int Most = 1000;

    private const string InChain = "1.2.840.113556.1.4.1941";
    private const string SecurityGroups = "(groupType:1.2.840.113556.1.4.803:=2147483648)";
    private const int DeepestNesting = 10;
    private const int MembersPerQuestion = 50;

    /// <summary>Finds every group of a kind.</summary>
    public static string FilterOf(LdapGroupKind kind) => kind switch
    {
        LdapGroupKind.ActiveDirectory => $"(&(objectCategory=group){SecurityGroups})",
        LdapGroupKind.GroupOfNames => "(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames))",
        _ => "(objectClass=posixGroup)",
    };

    /// <summary>The person's groups, each once. Faults: those of searches; DirectoryMisconfigured when there are too many.</summary>
    public static async Task<Outcome<IReadOnlyList<DirectoryGroup>>> ReadAsync(
        LdapConnection connection, LdapSettings settings, LdapEntry person, CancellationToken cancellationToken) => (settings.GroupBase, settings.GroupKind) switch
        {
            (null, _) => Array.Empty<DirectoryGroup>(),
            ({ } root, LdapGroupKind.ActiveDirectory) => await ReadActiveDirectoryAsync(connection, root, person, cancellationToken),
            ({ } root, LdapGroupKind.GroupOfNames) => await ReadUpwardAsync(connection, root, person.Dn, cancellationToken),
            ({ } root, _) => await AskAsync(connection, root, PosixFilter(settings, person), cancellationToken),
        };

    /// <summary>The primary group is named by number and lists no members, so it is looked for by itself; the groups it is in count too.</summary>
    private static async Task<Outcome<IReadOnlyList<DirectoryGroup>>> ReadActiveDirectoryAsync(
        LdapConnection connection, string root, LdapEntry person, CancellationToken cancellationToken)
    {
        IReadOnlyList<DirectoryGroup> primary = [];
        if (PrimaryGroupSid(person) is { } sid)
        {
            var asked = await AskAsync(connection, root, $"(&(objectCategory=group)(objectSid={LdapFilter.Escape(sid)}))", cancellationToken);
            if (!asked.TryGet(out primary!, out var fault)) return fault;
        }

        var members = string.Concat(primary.Select(group => group.Id).Prepend(person.Dn).Select(dn => $"(member:{InChain}:={LdapFilter.Escape(dn)})"));
        var others = await AskAsync(connection, root, $"(&(objectCategory=group){SecurityGroups}(|{members}))", cancellationToken);
        return others.Fault is { } failed ? failed : Outcomes(primary.Concat(others.Value));
    }

    /// <summary>Asks level by level, which ends in a circle too: a group is followed once.</summary>
    private static async Task<Outcome<IReadOnlyList<DirectoryGroup>>> ReadUpwardAsync(
        LdapConnection connection, string root, string person, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, DirectoryGroup>(StringComparer.OrdinalIgnoreCase);
        List<string> level = [person];
        for (var depth = 0; level.Count > 0; depth++)
        {
            if (depth == DeepestNesting) return TooDeep(connection.Server);
            var next = new List<string>();
            foreach (var members in level.Chunk(MembersPerQuestion))
            {
                var test = string.Concat(members.Select(LdapFilter.Escape).Select(dn => $"(member={dn})(uniqueMember={dn})"));
                var asked = await AskAsync(connection, root, $"(&{FilterOf(LdapGroupKind.GroupOfNames)}(|{test}))", cancellationToken);
                if (!asked.TryGet(out var groups, out var fault)) return fault;
                next.AddRange(groups.Where(group => known.TryAdd(group.Id, group)).Select(group => group.Id));
                if (known.Count > Most) return TooMany(connection.Server);
            }

            level = next;
        }

        return Outcomes(known.Values);
    }

    private static string PosixFilter(LdapSettings settings, LdapEntry person)
    {
        var member = $"(memberUid={LdapFilter.Escape(LdapPeople.LoginName(person, settings) ?? "")})";
        var own = person.Number("gidNumber") is { } gid ? $"(gidNumber={gid})" : "";
        return $"(&(objectClass=posixGroup)(|{member}{own}))";
    }

    private static async Task<Outcome<IReadOnlyList<DirectoryGroup>>> AskAsync(LdapConnection connection, string root, string filter, CancellationToken cancellationToken)
    {
        var search = new LdapSearch(root, filter, Most, "cn");
        var found = await connection.SearchAsync(search, cancellationToken);
        if (found.More) return TooMany(connection.Server);
        if (found.Result.Code != LdapResultCode.Success) return LdapFaults.Search(connection.Server, search, found.Result);
        return Outcomes(found.Entries.Select(entry => new DirectoryGroup(entry.Dn, entry.Text("cn") ?? entry.Dn)));
    }

    /// <summary>The SID of the person's domain with the primary group's number in place of the person's.</summary>
    private static byte[]? PrimaryGroupSid(LdapEntry person)
    {
        if (person.Bytes("objectSid") is not { Length: >= 12 } own || person.Number("primaryGroupID") is not (> 0 and <= uint.MaxValue and { } group)) return null;
        var sid = (byte[])own.Clone();
        BinaryPrimitives.WriteUInt32LittleEndian(sid.AsSpan(sid.Length - 4), (uint)group);
        return sid;
    }

    private static Outcome<IReadOnlyList<DirectoryGroup>> Outcomes(IEnumerable<DirectoryGroup> groups) =>
        groups.DistinctBy(group => group.Id, StringComparer.OrdinalIgnoreCase).OrderBy(group => group.Id, StringComparer.OrdinalIgnoreCase).ToArray();

    private static Fault TooMany(LdapServer server) =>
        new(ErrorCode.DirectoryMisconfigured, $"{server} names more than {Most} groups for one person.", null, "Make the group base narrower.");

    private static Fault TooDeep(LdapServer server) =>
        new(ErrorCode.DirectoryMisconfigured, $"Groups at {server} are nested more than {DeepestNesting} deep.", null, "Make the group base narrower, or the nesting flatter.");
}
