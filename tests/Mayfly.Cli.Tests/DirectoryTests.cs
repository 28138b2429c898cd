using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Mayfly.Cli.Tests;

public sealed class DirectoryTests
{
    private const string Pem = "-----BEGIN CERTIFICATE-----\n";

    private static readonly DirectoryView House = new(
        "house",
        new LdapSettings { Name = "house", Servers = ["ldap.example.org"], UserBase = "ou=people,dc=example,dc=org", BindDn = "cn=mayfly", CaCertificate = Pem },
        null,
        7);

    private static readonly DirectoryView Provider = new(
        "door", null, new OpenIdSettings { Name = "door", DisplayName = "The door", Authority = "https://login.example.org", ClientId = "mayfly" }, 0);

    [Fact]
    public async Task List_BothKinds_AreTold()
    {
        await using var server = await StartAsync();

        var shown = (await server.RunAsync("directory", "list")).Out;

        foreach (var part in (string[])["house", "ldap.example.org", "7", "door", "openid", "https://login.example.org"])
            shown.ShouldContain(part);
    }

    [Fact]
    public async Task Show_Unknown_IsNotFound()
    {
        await using var server = await StartAsync();

        var run = await server.RunAsync("directory", "show", "cellar");

        run.ExitCode.ShouldBe(ExitCodes.NotFound);
        run.Error.ShouldContain("[NotFound]");
    }

    [Fact]
    public async Task SetLdap_OneOption_LeavesTheOthersAsTheyAre()
    {
        SetDirectoryRequest? sent = null;
        await using var server = await StartAsync(request => sent = request);

        var run = await server.RunAsync("directory", "set-ldap", "house", "--security", "ldaps", "--bind-password-stdin");

        run.ExitCode.ShouldBe(0);
        sent!.OpenId.ShouldBeNull();
        Text(sent.Ldap).ShouldBe(Text(House.Ldap! with { Security = LdapSecurity.Ldaps, BindPassword = "from standard input" }));
        run.Out.ShouldNotContain("from standard input");
    }

    [Fact]
    public async Task SetLdap_NewWithAuthorities_SendsTheFile()
    {
        SetDirectoryRequest? sent = null;
        await using var server = await StartAsync(request => sent = request);
        var file = Path.Combine(server.DataDirectory, "ca.pem");
        await File.WriteAllTextAsync(file, Pem, TestContext.Current.CancellationToken);

        var run = await server.RunAsync(
            "directory", "set-ldap", "cellar", "--server", "one", "--server", "two", "--user-base", "dc=example", "--group-kind", "posix-group", "--ca-file", file);

        run.ExitCode.ShouldBe(0);
        Text(sent!.Ldap).ShouldBe(Text(new LdapSettings
        {
            Name = "cellar",
            Servers = ["one", "two"],
            UserBase = "dc=example",
            GroupKind = LdapGroupKind.PosixGroup,
            CaCertificate = Pem,
        }));
    }

    [Fact]
    public async Task SetLdap_EmptyTexts_AreNone()
    {
        SetDirectoryRequest? sent = null;
        await using var server = await StartAsync(request => sent = request);

        (await server.RunAsync("directory", "set-ldap", "house", "--bind-dn", "", "--ca-file", "")).ExitCode.ShouldBe(0);

        (sent!.Ldap!.BindDn, sent.Ldap.CaCertificate, sent.Ldap.BindPassword).ShouldBe((null, null, null));
    }

    [Fact]
    public async Task SetOpenId_New_TakesItsSecretFromAFile()
    {
        SetDirectoryRequest? sent = null;
        await using var server = await StartAsync(request => sent = request);
        var file = Path.Combine(server.DataDirectory, "secret");
        await File.WriteAllTextAsync(file, "of the client\n", TestContext.Current.CancellationToken);

        var run = await server.RunAsync(
            "directory", "set-openid", "gate", "--authority", "https://id.example.org", "--client-id", "mayfly", "--groups-claim", "", "--client-secret-file", file);

        run.ExitCode.ShouldBe(0);
        sent!.Ldap.ShouldBeNull();
        var settings = sent.OpenId!;
        (settings.DisplayName, settings.Authority, settings.ClientSecret, settings.GroupsClaim).ShouldBe(("gate", "https://id.example.org", "of the client", null));
        settings.Scopes.ShouldBe(["openid", "profile", "email"]);
    }

    [Theory]
    [InlineData("set-ldap", "cellar", "--server", "one")]
    [InlineData("set-ldap", "house", "--ca-file", "/nonexistent")]
    [InlineData("set-ldap", "house", "--bind-password-file", "/nonexistent")]
    [InlineData("set-openid", "gate", "--client-id", "mayfly")]
    [InlineData("set-openid", "door", "--client-secret-file", "/dev/null")]
    public async Task Set_SomethingLacks_IsAUsageErrorAndNothingIsChanged(params string[] arguments)
    {
        await using var server = await StartAsync();

        var run = await server.RunAsync(["directory", .. arguments]);

        run.ExitCode.ShouldBe(ExitCodes.Usage);
        server.Requests.ShouldNotContain(request => request.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Remove_Named_IsConfirmed()
    {
        await using var server = await StubServer.StartAsync(app => app.MapDelete("/api/v1/directories/house", () => Results.NoContent()));

        var run = await server.RunAsync("directory", "remove", "house");

        (run.ExitCode, run.Out).ShouldBe((0, $"Directory house is removed.{Environment.NewLine}"));
    }

    [Fact]
    public async Task Test_Ldap_TellsWhatWasFound()
    {
        var found = new DirectoryTestReport(new LdapTestReport("ldaps://ldap.example.org:636", "Tls13", 1000, true, 12, false), null);
        await using var server = await StubServer.StartAsync(app => app.MapPost("/api/v1/directories/house/test", () => found));

        var shown = (await server.RunAsync("directory", "test", "house")).Out;

        foreach (var part in (string[])["ldaps://ldap.example.org:636", "Tls13", "more than 1000", "12"])
            shown.ShouldContain(part);
    }

    [Fact]
    public async Task Test_Refused_SaysWhy()
    {
        await using var server = await StubServer.StartAsync(app => app.MapPost(
            "/api/v1/directories/house/test", () => Samples.Problem(ErrorCode.NotFound, 404, "There is no directory 'house'.")));

        var run = await server.RunAsync("directory", "test", "house");

        run.ExitCode.ShouldBe(ExitCodes.NotFound);
        run.Error.ShouldContain("There is no directory 'house'.");
    }

    // By what is sent: records with lists in them are equal only when the lists are the same object.
    private static string Text(LdapSettings? settings) => JsonSerializer.Serialize(settings);

    private static Task<StubServer> StartAsync(Action<SetDirectoryRequest>? onSet = null) => StubServer.StartAsync(app =>
    {
        app.MapGet("/api/v1/directories", () => new[] { House, Provider });
        app.MapPut("/api/v1/directories/{directory}", (string directory, SetDirectoryRequest request) =>
        {
            onSet?.Invoke(request);
            return new DirectoryView(
                directory,
                request.Ldap is { } ldap ? ldap with { BindPassword = null } : null,
                request.OpenId is { } openId ? openId with { ClientSecret = null } : null,
                0);
        });
    });
}
