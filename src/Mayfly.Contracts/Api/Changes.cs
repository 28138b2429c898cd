namespace Mayfly.Contracts.Api;

/// <summary>Says that something a person could see may have changed: read again what is shown.</summary>
/// <param name="Number">Counts the messages of this stream, from 1, which is sent at once.</param>
public sealed record HouseChange(long Number);
