namespace Mayfly.Cli.Demo;

/// <summary>What the demo has set up.</summary>
/// <param name="Address">Where the console is.</param>
/// <param name="Administrator">The administrator.</param>
/// <param name="User">The user entitled to the pool.</param>
/// <param name="Pool">The pool.</param>
/// <param name="Image">Its image, as name@version.</param>
/// <param name="Available">Desktops ready.</param>
/// <param name="Seconds">How long it all took.</param>
/// <param name="Isolated">False under emulation.</param>
internal sealed record DemoSummary(
    string Address, DemoUser Administrator, DemoUser User, string Pool, string Image, int Available, double Seconds, bool Isolated);

/// <summary>One of the demo's users.</summary>
/// <param name="Name">Login name.</param>
/// <param name="Password">Password.</param>
internal sealed record DemoUser(string Name, string Password);
