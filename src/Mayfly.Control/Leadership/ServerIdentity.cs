namespace Mayfly.Control.Leadership;

/// <summary>Who a server is among those of a house.</summary>
/// <param name="Name">No other that runs has the same. A server that was killed and is started again has its own again, and goes on with its lease.</param>
/// <param name="Address">Where the others reach it, or null when they can not.</param>
public sealed record ServerIdentity(string Name, Uri? Address);
