using System.CommandLine;
using Mayfly.Cli.Client;
using Mayfly.Cli.Demo;
using Mayfly.Cli.Output;
using Spectre.Console;

namespace Mayfly.Cli.Commands;

/// <summary><c>demo</c>: everything one needs to try Mayfly, on the mayflyd of this host. <c>make run</c> calls it.</summary>
internal sealed class DemoCommand : VerbCommand
{
    private const string DefaultAddress = "http://127.0.0.1:8006";

    private readonly Option<string> _image = new("--image") { Description = "Recipe: xfce or micro", DefaultValueFactory = _ => "xfce" };
    private readonly Option<string> _pool = new("--pool") { Description = "Pool name", DefaultValueFactory = _ => "desktops" };
    private readonly Option<int> _spare = new("--spare") { Description = "Desktops kept ready", DefaultValueFactory = _ => 2 };
    private readonly Option<long?> _since = new("--since") { Description = "Count the time from this Unix time in seconds", Hidden = true };

    public DemoCommand(CliEnvironment environment)
        : base(environment, "demo", "Build and publish an image, add two users and a pool, and wait for its desktops. Safe to run again.")
    {
        foreach (var option in (Option[])[_image, _pool, _spare, _since])
            Options.Add(option);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var clock = cli.Environment.Clock;
        var since = parsed.GetValue(_since) is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : clock.GetUtcNow();
        var request = new DemoRequest(parsed.GetRequiredValue(_image), parsed.GetRequiredValue(_pool), parsed.GetValue(_spare));
        var setup = new DemoSetup(cli.Client, cli.Report.Progress(), clock);
        var dataDirectory = ServerAddress.DataDirectory(cli.Environment.Variable);
        return cli.Report.Show(await setup.RunAsync(request, dataDirectory, ConsoleAddress(cli), since, cancellationToken), Render);
    }

    private static string ConsoleAddress(CliSession cli)
    {
        if (cli.Client.Address.Socket is null)
            return cli.Client.Address.Base.ToString();
        var listen = cli.Environment.Variable("MAYFLY_LISTEN");
        if (string.IsNullOrEmpty(listen))
            return DefaultAddress;
        return listen.Contains("://", StringComparison.Ordinal) ? listen : $"http://{listen}";
    }

    private static Panel Render(DemoSummary demo)
    {
        var facts = TextTable.Facts(
            ("Open", demo.Address),
            ("User", $"{demo.User.Name}    password  {demo.User.Password}"),
            ("Administrator", $"{demo.Administrator.Name}   password  {demo.Administrator.Password}"),
            ("Pool", $"{demo.Pool}: {demo.Available} desktops available, forked from {demo.Image}"),
            ("Ready in", Words.Seconds(demo.Seconds)),
            ("Isolation", demo.Isolated ? "KVM" : "NONE: software emulation, only for trying out"));
        return new Panel(facts) { Header = new PanelHeader(" Mayfly is ready "), Border = BoxBorder.Rounded, Padding = new Padding(2, 1) };
    }
}
