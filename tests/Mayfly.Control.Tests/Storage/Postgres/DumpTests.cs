using Mayfly.Contracts;
using Mayfly.Control.Storage.Postgres;
using Mayfly.TestKit;

namespace Mayfly.Control.Tests.Storage.Postgres;

/// <summary>What PostgreSQL's own programs are told, and what is told of them.</summary>
public sealed class DumpTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Dump_WithAnOlderProgramThanTheServer_SaysWhichToInstall()
    {
        Assert.SkipWhen(PostgresServer.Lack is not null, PostgresServer.Lack ?? "");
        var fault = (await new PostgresPrograms("Host=/nowhere;Database=mayfly").DumpAsync("/nowhere/file", 99, default)).ShouldNotBeNull();
        (fault.Code, fault.Remedy).ShouldBe((ErrorCode.ToolMissing, "Install that of the server or a newer one: apt-get install postgresql-client-99"));
    }

    [Theory]
    [InlineData(PostgresServer.Password, true)]
    [InlineData("wrong", false)]
    public async Task Dump_WithAPassword_ConnectsByIt(string password, bool works)
    {
        Assert.SkipWhen(PostgresServer.Lack is not null, PostgresServer.Lack ?? "");
        var server = await PostgresServer.SharedAsync();
        var name = works ? "dumped" : "refused";
        await server.ExecuteAsync($"CREATE DATABASE {name} OWNER {PostgresServer.Guarded}");
        var programs = new PostgresPrograms(PostgresSettings.Read($"{server.ConnectionString(name, PostgresServer.Guarded)};Password={password}"));
        var fault = await programs.DumpAsync(Path.Combine(_directory.Root, "dump"), 15, default);
        if (works) fault.ShouldBeNull();
        else fault!.Why!.ShouldContain("password authentication failed");
    }
}
