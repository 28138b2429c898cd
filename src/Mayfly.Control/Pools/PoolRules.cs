using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Control.Pools;

/// <summary>What a pool must be like. All that is wrong is told at once.</summary>
internal static class PoolRules
{
    public static Fault? Complaint(CreatePoolRequest request)
    {
        var complaints = new List<string>();
        if (!MachineNames.IsDnsLabel(request.Name)) complaints.Add("A pool's name is a DNS label: 1 to 63 of a-z, 0-9 and '-'.");
        if (request.DisplayName is { Length: > 100 }) complaints.Add("A display name has at most 100 characters.");
        if (string.IsNullOrEmpty(request.Image)) complaints.Add("A pool needs an image.");
        if (request.Maximum is < 1 or > 10_000) complaints.Add("The maximum is 1 to 10,000 machines.");
        if (request.Spare < 0 || request.Spare > request.Maximum) complaints.Add("Spare machines are 0 up to the maximum.");
        if (request.PostSyncTimeoutSeconds is < 1 or > 600) complaints.Add("The post-sync limit is 1 to 600 s.");
        if (request.PostSync is null || request.PostSync.Any(string.IsNullOrEmpty)) complaints.Add("Post-sync arguments are not empty.");
        if (complaints.Count == 0 && MachineNames.Complaint(PatternOf(request), request.Maximum) is { } pattern) complaints.Add(pattern);
        return complaints.Count == 0
            ? null
            : new Fault(ErrorCode.InvalidRequest, "The pool cannot be made as asked.", string.Join(' ', complaints), "Correct the request.");
    }

    public static string PatternOf(CreatePoolRequest request) => request.NamePattern ?? $"{request.Name}-{{n}}";
}
