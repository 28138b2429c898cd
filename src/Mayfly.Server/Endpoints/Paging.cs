using Mayfly.Contracts;

namespace Mayfly.Server.Endpoints;

/// <summary>What all lists in parts have in common.</summary>
internal static class Paging
{
    public const int Usual = 100;

    private const int Most = 10_000;

    /// <summary>What is wrong with a limit, or null.</summary>
    public static Fault? Complaint(int limit) =>
        limit is < 1 or > Most ? new Fault(ErrorCode.InvalidRequest, $"The limit is 1 to {Most}, not {limit}.") : null;
}
