namespace Mayfly.Control.Users;

/// <summary>Whose a name is that was given, and whether the password with it is theirs.</summary>
public sealed record KnownUser(string Name, bool IsPasswordRight);
