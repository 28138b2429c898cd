namespace Mayfly.Server.Caching;

/// <summary>Marks an endpoint that refuses when what it changes is not what its If-Match header names.</summary>
internal sealed record HonoursIfMatch;
