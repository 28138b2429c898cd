using Mayfly.Contracts;
using Mayfly.Server.Faults;

namespace Mayfly.Server.Standby;

/// <summary>The answer while no server can serve a request.</summary>
internal static class NoActiveServer
{
    private const string Seconds = "2";

    public static readonly Fault NoneKnown = new(
        ErrorCode.NoActiveServer, "None of the house's servers is active at the moment.", "One is about to take over.", "Try again in some seconds.");

    public static readonly Fault NoAddress = new(
        ErrorCode.NoActiveServer, "The active server does not say where the others reach it.", "It was started without --advertise.", "Start it with --advertise and its address.");

    public static readonly Fault Unreachable = new(
        ErrorCode.NoActiveServer, "The active server can not be reached.", "It has stopped, or the network between the servers has failed.", "Try again in some seconds.");

    public static readonly Fault Astray = new(
        ErrorCode.NoActiveServer, "The request was passed on to a server that is not active.", "Another has taken over, or --advertise of the active one names this server.", "Try again in some seconds.");

    public static readonly Fault TooMany = new(
        ErrorCode.NoActiveServer, "This server passes on too many requests already.", null, "Try again in some seconds, or at another server.");

    public static Task WriteAsync(HttpContext context, Fault fault)
    {
        context.Response.Headers.RetryAfter = Seconds;
        context.Response.Headers.CacheControl = "no-store";
        return FaultResults.WriteAsync(context, fault);
    }
}
