using Mayfly.Contracts;
using Mayfly.Control.Storage;
using Mayfly.Control.Storage.Postgres;
using Mayfly.TestKit;

namespace Mayfly.Control.Tests.Storage.Postgres;

/// <summary>What is said of a database that can not be used, and what is waited for.</summary>
public sealed class StartTests : HouseTestBase
{
    [Theory]
    [InlineData("guarded", "mayfly_start", "Password=wrong", "refuses mayflyd", "password authentication failed")]
    [InlineData("guarded", "mayfly_start", "", "no talking", "No password")]
    [InlineData("nobody", "mayfly_start", "", "refuses mayflyd", "does not exist")]
    [InlineData("house", "not_there", "", "is not there", "not_there")]
    [InlineData("guarded", "mayfly_start", "Password=beehive", "may not do", "permission denied")]
    [InlineData("house", "mayfly_start", "Host=/nowhere", "does not answer", "/nowhere")]
    [InlineData("house", "mayfly_start", "Host=127.0.0.1;Port=1", "does not answer", "127.0.0.1:1")]
    [InlineData("house", "mayfly_latin", "", "can not use this database", "LATIN1")]
    public async Task Start_WithWhatCanNotWork_SaysWhatAndWhyAndWhatToDo(string account, string database, string more, string what, string why)
    {
        var server = await ServerAsync();
        var thrown = await Should.ThrowAsync<Exception>(() => StartAsync(o => o with
        {
            Database = $"{server.ConnectionString(database, account)};{more}",
            DatabaseWait = TimeSpan.FromSeconds(1),
        }));
        var fault = StorageFaults.Of(thrown);
        (fault?.Code).ShouldBe(ErrorCode.DatabaseUnavailable, thrown.ToString());
        fault!.What.ShouldContain(what);
        fault.Why!.ShouldContain(why);
        fault.Remedy.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Start_BeforeTheServer_WaitsForIt()
    {
        Assert.SkipWhen(PostgresServer.Lack is not null, PostgresServer.Lack ?? "");
        await using var server = await PostgresServer.StartAsync();
        await server.CreateDatabaseAsync("mayfly");
        await server.CrashAsync();
        var starting = StartAsync(o => o with { Database = server.ConnectionString("mayfly") });
        await server.ResumeAsync();
        await using var house = await starting;
        (await house.EventKindsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Username=mayfly;Database=mayfly")]
    [InlineData("Host=db;Username=mayfly")]
    [InlineData("postgresql://db/mayfly")]
    [InlineData("Host=db;Database=mayfly;Nonsense=1")]
    [InlineData("Host=db;Database=mayfly;Maximum Pool Size=many;Password=beehive")]
    public void Read_WhatIsNoConnectionString_IsRefusedWithoutItsSecret(string text) =>
        Should.Throw<FormatException>(() => PostgresSettings.Read(text)).Message.ShouldNotContain("beehive");

    [Fact]
    public void Read_WhatTheConnectionStringSays_Wins()
    {
        var settings = new Npgsql.NpgsqlConnectionStringBuilder(PostgresSettings.Read("host=db;database=house;maximum pool size=5;Command Timeout=3"));
        (settings.Host, settings.Database, settings.MaxPoolSize, settings.CommandTimeout, settings.ApplicationName).ShouldBe(("db", "house", 5, 3, "mayflyd"));
    }

    private static async Task<PostgresServer> ServerAsync()
    {
        Assert.SkipWhen(PostgresServer.Lack is not null, PostgresServer.Lack ?? "");
        var server = await PostgresServer.SharedAsync();
        await EnsureAsync(server, "mayfly_start", "");
        await EnsureAsync(server, "mayfly_latin", "TEMPLATE template0 ENCODING LATIN1 LOCALE_PROVIDER libc LOCALE 'C'");
        return server;
    }

    private static async Task EnsureAsync(PostgresServer server, string name, string options)
    {
        try
        {
            await server.CreateDatabaseAsync(name, options);
        }
        catch (Npgsql.PostgresException exception) when (exception.SqlState == Npgsql.PostgresErrorCodes.DuplicateDatabase)
        {
            // One of the cases before.
        }
    }
}
