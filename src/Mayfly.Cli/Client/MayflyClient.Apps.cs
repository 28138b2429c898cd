using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Client;

internal sealed partial class MayflyClient
{
    public Task<Outcome<List<AppView>>> AppsAsync(string? search, CancellationToken token) => AllAsync<AppView>(Query.Of("apps", ("search", search)), token);

    public Task<Outcome<AppView>> AppAsync(string app, CancellationToken token) => GetAsync<AppView>(AppPath(app), token);

    public Task<Outcome<AppView>> CreateAppAsync(CreateAppRequest request, CancellationToken token) => SendAsync<AppView>(HttpMethod.Post, "apps", request, token);

    public Task<Outcome<AppView>> ChangeAppAsync(string app, ChangeAppRequest request, CancellationToken token) =>
        SendAsync<AppView>(HttpMethod.Patch, AppPath(app), request, token);

    public Task<Outcome<Done>> RemoveAppAsync(string app, CancellationToken token) => SendAsync(HttpMethod.Delete, AppPath(app), token);

    public Task<Outcome<AppView>> SetCurrentAsync(string app, SetCurrentRequest request, CancellationToken token) =>
        SendAsync<AppView>(HttpMethod.Put, AppPath(app, "current"), request, token);

    public Task<Outcome<AppAssignmentView>> AssignAppAsync(string app, AssignAppRequest request, CancellationToken token) =>
        SendAsync<AppAssignmentView>(HttpMethod.Post, AppPath(app, "assignments"), request, token);

    public Task<Outcome<Done>> UnassignAppAsync(string app, string assignment, CancellationToken token) =>
        SendAsync(HttpMethod.Delete, AppPath(app, $"assignments/{Part(assignment)}"), token);

    public Task<Outcome<OperationView>> ImportPackageAsync(string app, ImportPackageRequest request, CancellationToken token) =>
        SendAsync<OperationView>(HttpMethod.Post, AppPath(app, "packages"), request, token);

    public Task<Outcome<PackageView>> SetStageAsync(string app, string version, SetStageRequest request, CancellationToken token) =>
        SendAsync<PackageView>(HttpMethod.Put, AppPath(app, $"packages/{Part(version)}/stage"), request, token);

    public Task<Outcome<Done>> RemovePackageAsync(string app, string version, CancellationToken token) =>
        SendAsync(HttpMethod.Delete, AppPath(app, $"packages/{Part(version)}"), token);

    public Task<Outcome<Done>> ExportPackageAsync(string app, string version, string file, CancellationToken token) =>
        SaveAsync(AppPath(app, $"packages/{Part(version)}/file"), file, token);

    public Task<Outcome<List<CaptureView>>> CapturesAsync(string? app, bool? open, CancellationToken token) =>
        AllAsync<CaptureView>(Query.Of("captures", ("app", app), ("open", open?.ToString().ToLowerInvariant())), token);

    public Task<Outcome<CaptureView>> CaptureAsync(string id, CancellationToken token) => GetAsync<CaptureView>($"captures/{Part(id)}", token);

    public Task<Outcome<CaptureView>> BeginCaptureAsync(BeginCaptureRequest request, CancellationToken token) =>
        SendAsync<CaptureView>(HttpMethod.Post, "captures", request, token);

    public Task<Outcome<CaptureView>> FinishCaptureAsync(string id, CancellationToken token) =>
        SendAsync<CaptureView>(HttpMethod.Post, $"captures/{Part(id)}/finish", null, token);

    public Task<Outcome<Done>> CancelCaptureAsync(string id, CancellationToken token) => SendAsync(HttpMethod.Delete, $"captures/{Part(id)}", token);

    public Task<Outcome<SessionView>> AttachAppAsync(string session, string app, CancellationToken token) =>
        SendAsync<SessionView>(HttpMethod.Post, $"sessions/{Part(session)}/apps/{Part(app)}", null, token);

    private static string AppPath(string app, string? below = null) => $"apps/{Part(app)}" + (below is null ? "" : "/" + below);
}
