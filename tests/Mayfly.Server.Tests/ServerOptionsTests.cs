using Mayfly.Server.Hosting;

namespace Mayfly.Server.Tests;

public sealed class ServerOptionsTests
{
    [Fact]
    public void Read_Database_IsTheFileUnlessOneIsNamed() => ServerOptions.Read([], _ => null).Database.ShouldBeNull();

    [Fact]
    public void Read_Database_IsOfTheEnvironmentAndTheArgumentWins()
    {
        ServerOptions.Read([], Environment).Database!.ShouldContain("Host=one");
        ServerOptions.Read(["--database", "Host=other;Database=mayfly"], Environment).Database!.ShouldContain("Host=other");
    }

    [Fact]
    public void Read_DatabaseThatIsNoConnectionString_IsRefused() =>
        Should.Throw<FormatException>(() => ServerOptions.Read(["--database", "mayfly"], _ => null)).Message.ShouldContain("Host=...;Username=...;Database=...");

    [Theory]
    [InlineData("10.1.2.3:8006", null, "http://10.1.2.3:8006/")]
    [InlineData("[2001:db8::1]:80", null, "http://[2001:db8::1]/")]
    [InlineData("10.1.2.3:8006", "https://one.example.org", "https://one.example.org/")]
    [InlineData("127.0.0.1:8006", "http://10.1.2.3:8006/", "http://10.1.2.3:8006/")]
    [InlineData("127.0.0.1:8006", null, null)]
    [InlineData("0.0.0.0:8006", null, null)]
    [InlineData("[::]:8006", null, null)]
    [InlineData("10.1.2.3:0", null, null)]
    public void ReachableAt_IsWhatIsAdvertisedOrWhereItListensForOthers(string listen, string? advertise, string? expected) =>
        (ServerOptions.Read(["--listen", listen, .. advertise is null ? Array.Empty<string>() : ["--advertise", advertise]], _ => null).ReachableAt?.ToString()).ShouldBe(expected);

    [Theory]
    [InlineData("one.example.org:8006")]
    [InlineData("ftp://one.example.org")]
    [InlineData("http://one.example.org/house")]
    [InlineData("http://user:word@one.example.org")]
    public void Read_AdvertiseThatIsNoAddress_IsRefused(string text) =>
        Should.Throw<FormatException>(() => ServerOptions.Read(["--advertise", text], _ => null)).Message.ShouldContain(text);

    [Fact]
    public void Read_Socket_IsInTheDataDirectoryUnlessNamed()
    {
        ServerOptions.Read(["--data", "/d"], _ => null).Socket.ShouldBe("/d/mayflyd.sock");
        ServerOptions.Read(["--data", "/d", "--socket", "/run/m.sock"], _ => null).Socket.ShouldBe("/run/m.sock");
    }

    private static string? Environment(string variable) => variable == "MAYFLY_DATABASE" ? "Host=one;Database=mayfly" : null;
}
