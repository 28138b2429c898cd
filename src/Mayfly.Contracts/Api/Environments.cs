namespace Mayfly.Contracts.Api;

/// <summary>What a house gives desktops beside settings: variables, network drives, shortcuts, file types, printers, tasks.</summary>
/// <param name="Name">Unique name: 1 to 63 of a-z, 0-9 and '-'.</param>
/// <param name="DisplayName">What people read.</param>
/// <param name="Enabled">False gives it to nobody.</param>
/// <param name="Yaml">Its file.</param>
public sealed record EnvironmentView(string Name, string DisplayName, bool Enabled, string Yaml);

/// <summary>Makes an environment, or changes one.</summary>
/// <param name="Yaml">Its file, at most 64 KiB. docs/environments.md tells what is in it.</param>
public sealed record SetEnvironmentRequest(string Yaml);

/// <summary>What a session has of environments.</summary>
/// <param name="SetUp">True once it was set up.</param>
/// <param name="Names">Names of those whose conditions its logon met.</param>
/// <param name="Problems">What could not be set up, and why.</param>
public sealed record SessionEnvironment(bool SetUp, IReadOnlyList<string> Names, IReadOnlyList<SessionEnvironmentProblem> Problems);

/// <summary>Something of an environment that a session has not.</summary>
/// <param name="Name">What, such as "drive staff".</param>
/// <param name="Fault">Why.</param>
public sealed record SessionEnvironmentProblem(string Name, Fault Fault);
