using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Mayfly.Cli.Tests;

public sealed class DemoTests
{
    private readonly List<AddUserRequest> _users = [];
    private readonly List<PoolView> _pools = [];
    private int _looks;

    [Fact]
    public async Task Demo_FreshServer_SetsUpEverythingAndShowsThePasswords()
    {
        await using var server = await StubServer.StartAsync(Endpoints);

        var run = await server.RunAsync("demo");

        run.ExitCode.ShouldBe(0);
        _users.Select(user => (user.Name, user.Administrator)).ShouldBe([("admin", true), ("demo", false)]);
        _pools.ShouldHaveSingleItem().Spare.ShouldBe(2);
        server.Requests.ShouldContain("PUT /api/v1/pools/desktops/entitlements/users/demo");
        run.Out.ShouldContain("http://127.0.0.1:8006");
        foreach (var user in _users)
            run.Out.ShouldContain(user.Password!);
        run.Error.ShouldContain("forking desktops, 1 of 2 available");
    }

    [Fact]
    public async Task Demo_SecondRun_ShowsTheSamePasswords()
    {
        await using var server = await StubServer.StartAsync(Endpoints);
        await server.RunAsync("demo");
        var first = _users.Select(user => user.Password).ToList();

        var run = await server.RunAsync("demo");

        run.ExitCode.ShouldBe(0);
        first.ShouldAllBe(password => run.Out.Contains(password!));
        _pools.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Demo_Passwords_AreReadableByTheOwnerAlone()
    {
        await using var server = await StubServer.StartAsync(Endpoints);

        await server.RunAsync("demo");

        File.GetUnixFileMode(Path.Combine(server.DataDirectory, "demo-passwords")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Demo_PoolOfAnotherImage_IsLeftAlone()
    {
        _pools.Add(Samples.Pool(image: "xfce"));
        await using var server = await StubServer.StartAsync(Endpoints);

        var run = await server.RunAsync("demo", "--image", "micro");

        run.ExitCode.ShouldBe(0);
        _pools.Select(pool => pool.Name).ShouldBe(["desktops", "desktops-micro"]);
    }

    [Fact]
    public async Task Demo_StartedBeforeTheServer_WaitsForIt()
    {
        var directory = StubServer.NewDirectory();
        var running = CliRun.OfAsync(new() { ["MAYFLY_DATA"] = directory }, "demo");

        await using var server = await StubServer.StartAsync(Endpoints, directory);

        (await running).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Demo_HostLacksSomething_StopsBeforeBuilding()
    {
        await using var server = await StubServer.StartAsync(app => app.MapGet("/api/v1/doctor", () => Samples.Doctor("error")));

        var run = await server.RunAsync("demo");

        run.ExitCode.ShouldBe(ExitCodes.HostUnfit);
        run.Error.ShouldContain("Install qemu-system-x86.");
    }

    private void Endpoints(WebApplication app)
    {
        app.MapGet("/api/v1/doctor", () => Samples.Doctor());
        app.MapPost("/api/v1/images/build", () => Samples.Operation("succeeded", "", 100));
        app.MapPost("/api/v1/images/{name}/publish", () => Samples.Operation("succeeded", "", 100));
        app.MapPost("/api/v1/users", AddUser);
        app.MapGet("/api/v1/pools", () => _pools);
        app.MapPost("/api/v1/pools", (CreatePoolRequest request) =>
        {
            _pools.Add(Samples.Pool(0, request.Image, request.Name) with { Spare = request.Spare });
            return _pools[^1];
        });
        app.MapPut("/api/v1/pools/{pool}/entitlements/users/{user}", () => Results.NoContent());
        app.MapGet("/api/v1/pools/{pool}", (string pool) => Samples.Pool(Math.Min(_looks++, 2), name: pool));
    }

    private IResult AddUser(AddUserRequest request)
    {
        if (_users.Exists(user => user.Name == request.Name))
            return Samples.Problem(ErrorCode.AlreadyExists, 409);
        _users.Add(request);
        return Results.Ok(new UserAdded(new UserView(request.Name, request.Name, request.Administrator), null));
    }
}
