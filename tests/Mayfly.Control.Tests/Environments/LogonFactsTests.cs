using System.Net;
using Mayfly.Control.Environments;

namespace Mayfly.Control.Tests.Environments;

/// <summary>Conditions, held against what is so.</summary>
public sealed class LogonFactsTests
{
    // A Saturday.
    private static readonly DateTimeOffset s_late = new(2026, 11, 28, 22, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("group: staff", true)]
    [InlineData("group: others", false)]
    [InlineData("pool: p, image: xfce", true)]
    [InlineData("pool: p, image: micro", false)]
    [InlineData("client: 10.1.2.3", true)]
    [InlineData("client: 10.1.0.0/16", true)]
    [InlineData("client: 10.2.0.0/16", false)]
    [InlineData("client: '2001:db8::/32'", false)]
    [InlineData("hours: 22:00-06:00", true)]
    [InlineData("hours: 08:00-22:30", false)]
    [InlineData("days: [Friday, Saturday]", true)]
    [InlineData("days: [Sunday]", false)]
    [InlineData("file: .config/there", true)]
    [InlineData("file: .config/not", false)]
    [InlineData("variable: LANG=C", true)]
    [InlineData("not: { group: staff }", false)]
    [InlineData("any: [{ group: others }, { pool: p }]", true)]
    [InlineData("any: []", false)]
    [InlineData("all: [{ group: staff }, { pool: q }]", false)]
    [InlineData("environment: office", true)]
    [InlineData("environment: unknown", false)]
    [InlineData("environment: circle", false)]
    [InlineData("not: { not: { all: [{ environment: office }, { group: staff }] } }", true)]
    public void Meet_Condition_IsAsItSays(string condition, bool met)
    {
        var facts = new LogonFacts(
            new HashSet<string> { "staff" }, "p", "xfce", IPAddress.Parse("::ffff:10.1.2.3"), s_late, new HashSet<string> { ".config/there" }, new HashSet<string> { "LANG=C" },
            new Dictionary<string, Condition?> { ["office"] = Read("client: 10.1.0.0/16"), ["circle"] = Read("environment: circle") });

        facts.Meet(Read(condition)).ShouldBe(met);
    }

    [Fact]
    public void Meet_NoClientKnown_IsFromNowhere() =>
        new LogonFacts(new HashSet<string>(), "p", "xfce", null, s_late, new HashSet<string>(), new HashSet<string>(), new Dictionary<string, Condition?>()).Meet(Read("client: 0.0.0.0/0")).ShouldBeFalse();

    private static Condition? Read(string condition) => EnvironmentFile.Read("e", $"displayName: E\nwhen: {{ {condition} }}").Value.When;
}
