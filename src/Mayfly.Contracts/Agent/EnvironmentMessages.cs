namespace Mayfly.Contracts.Agent;

/// <summary>
/// Sets up what a house gives a session beside its settings, in the order of the parameters. What can not be set up is told; the rest is done all the same.
/// At a log-off it has tasks alone.
/// </summary>
/// <param name="Variables">Variables of programs that are started from now on, at most 256.</param>
/// <param name="Drives">Network drives, at most 32.</param>
/// <param name="Folders">Folders of the home that are on a drive, at most 32.</param>
/// <param name="Shortcuts">Entries of the desktop's menu, at most 256.</param>
/// <param name="FileTypes">What opens which kind of file where its user has chosen nothing, at most 256.</param>
/// <param name="Printing">Where printers are, or null.</param>
/// <param name="Tasks">Programs, run one after the other, at most 64.</param>
/// <param name="DriveSeconds">Drives and folders are given up after this long, 1 to 600.</param>
public sealed record EnvironmentRequest(
    IReadOnlyList<EnvironmentVariable> Variables, IReadOnlyList<NetworkDrive> Drives, IReadOnlyList<RedirectedFolder> Folders, IReadOnlyList<Shortcut> Shortcuts,
    IReadOnlyList<FileTypeDefault> FileTypes, PrintServer? Printing, IReadOnlyList<SessionTask> Tasks, int DriveSeconds);

/// <summary>A variable.</summary>
/// <param name="Name">1 to 128 of A-Z, a-z, 0-9 and '_', not beginning with a digit.</param>
/// <param name="Value">One line, at most 4096 letters.</param>
public sealed record EnvironmentVariable(string Name, string Value);

/// <summary>A share of an SMB server, at <c>/media/NAME</c>, of which the desktop's account has all and nobody else has anything.</summary>
/// <param name="Name">1 to 32 of a-z, 0-9 and '-'.</param>
/// <param name="Server">Host name or address of the server.</param>
/// <param name="Port">Its TCP port.</param>
/// <param name="Path">The share, and the folder in it if any: "staff/plans".</param>
/// <param name="User">Account at the server, or null for none.</param>
/// <param name="Password">Its password, or null.</param>
/// <param name="Domain">Its domain, or null.</param>
/// <param name="ReadOnly">True lets nobody write to it.</param>
public sealed record NetworkDrive(string Name, string Server, int Port, string Path, string? User, string? Password, string? Domain, bool ReadOnly);

/// <summary>A folder of the home that shows one of a drive.</summary>
/// <param name="Folder">Its name in the home, such as "Documents". What is in the machine's own is hidden meanwhile.</param>
/// <param name="Drive">Name of a drive of the same request.</param>
/// <param name="Path">Folder on the drive, made when it is missing; "" for all of it.</param>
public sealed record RedirectedFolder(string Folder, string Drive, string Path);

/// <summary>An entry of the desktop's menu.</summary>
/// <param name="Id">1 to 64 of a-z, 0-9 and '-'.</param>
/// <param name="Name">What the menu says, one line.</param>
/// <param name="Command">What it starts, as an Exec line of a desktop entry.</param>
/// <param name="Icon">Name of an icon, or null.</param>
public sealed record Shortcut(string Id, string Name, string Command, string? Icon);

/// <summary>What opens a kind of file.</summary>
/// <param name="Type">Media type, such as "application/pdf".</param>
/// <param name="Entry">File name of a desktop entry, such as "firefox-esr.desktop".</param>
public sealed record FileTypeDefault(string Type, string Entry);

/// <summary>A CUPS server that the desktop prints by.</summary>
/// <param name="Server">Host name or address, with a port where it is another than 631.</param>
/// <param name="Printer">Name of the printer that is used where its user has chosen none, or null.</param>
public sealed record PrintServer(string Server, string? Printer);

/// <summary>A program of a logon or log-off.</summary>
/// <param name="Name">Names it in reports.</param>
/// <param name="Command">A command line of the shell.</param>
/// <param name="AsSystem">True runs it as root, false with the rights of the desktop's account, in its session.</param>
/// <param name="TimeoutSeconds">It is killed after this long, 1 to 600.</param>
public sealed record SessionTask(string Name, string Command, bool AsSystem, int TimeoutSeconds);

/// <summary>What came of it.</summary>
/// <param name="Problems">What could not be set up, and why.</param>
public sealed record EnvironmentReport(IReadOnlyList<EnvironmentProblem> Problems);

/// <summary>Something that could not be set up.</summary>
/// <param name="Name">What, such as "drive staff".</param>
/// <param name="Reason">Why, in one line.</param>
public sealed record EnvironmentProblem(string Name, string Reason);
