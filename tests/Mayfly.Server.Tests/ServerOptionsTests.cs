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

    private static string? Environment(string variable) => variable == "MAYFLY_DATABASE" ? "Host=one;Database=mayfly" : null;
}
