namespace Mayfly.Control.Directories;

/// <summary>What a directory says of a name and a password.</summary>
/// <param name="UserName">Whose name it is, as the house writes it; people can write one name in many ways.</param>
/// <param name="Person">The person, when the password is theirs; else null.</param>
public sealed record CheckedPassword(string UserName, DirectoryPerson? Person);
