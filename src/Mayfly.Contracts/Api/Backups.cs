namespace Mayfly.Contracts.Api;

/// <summary>What is in a backup. It is the last file of the tar archive, <c>contents.json</c>: a backup without it is not whole.</summary>
/// <param name="Format">Number of the layout; a reader refuses one it does not know.</param>
/// <param name="MadeAt">When it was begun: the database is of this moment.</param>
/// <param name="Version">Version of Mayfly that made it.</param>
/// <param name="Database">Kind of the database in it: "sqlite" or "postgresql".</param>
/// <param name="Entries">Every other file, in the order of the archive.</param>
/// <param name="LeftOut">What the house has and the backup has not.</param>
public sealed record BackupContents(
    int Format, DateTimeOffset MadeAt, string Version, string Database, IReadOnlyList<BackupEntry> Entries, IReadOnlyList<BackupGap> LeftOut)
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "contents.json";

    /// <summary>The layout that this version writes and reads.</summary>
    public const int CurrentFormat = 1;
}

/// <summary>A file of a backup.</summary>
/// <param name="Name">Its name in the archive.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its hash, 64 hexadecimal digits.</param>
public sealed record BackupEntry(string Name, long Bytes, string Sha256);

/// <summary>Something that a backup lacks.</summary>
/// <param name="Name">What, such as "volumes/ID" or "machines/NAME".</param>
/// <param name="Why">The reason, for people.</param>
public sealed record BackupGap(string Name, string Why);
