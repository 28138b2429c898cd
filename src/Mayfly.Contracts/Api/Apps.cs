namespace Mayfly.Contracts.Api;

/// <summary>An application: what its packages are versions of.</summary>
/// <param name="Name">1 to 63 of a-z, 0-9 and '-'.</param>
/// <param name="DisplayName">What people read.</param>
/// <param name="Description">What it is, or empty.</param>
/// <param name="Precedence">Where two packages have the same file, that of the application with the lower number wins; then the name decides. 1 to 1000.</param>
/// <param name="Current">Version its marker points to, or null: who is assigned the marker gets that one at the next logon.</param>
/// <param name="Packages">Its versions, newest first.</param>
public sealed record AppView(
    string Name, string DisplayName, string Description, int Precedence, string? Current, IReadOnlyList<PackageView> Packages)
{
    /// <summary>Who gets it.</summary>
    public IReadOnlyList<AppAssignmentView> Assignments { get; init; } = [];
}

/// <summary>How far a package is in its life. Retired ones are attached to nobody new.</summary>
public enum PackageStage
{
    /// <summary>Just made.</summary>
    New,
    /// <summary>Tried by somebody.</summary>
    Tested,
    /// <summary>For everybody it is assigned to.</summary>
    Published,
    /// <summary>Not attached any more.</summary>
    Retired,
}

/// <summary>A package: one version of an application on a read-only disk.</summary>
/// <param name="Id">Id of its file.</param>
/// <param name="App">Application.</param>
/// <param name="Version">Version, as named when it was made: 1 to 63 of letters, digits, '.', '-', '+' and '~'.</param>
/// <param name="Stage">How far it is.</param>
/// <param name="Os">What it was made for, such as "debian-13", or null when unknown.</param>
/// <param name="Bytes">Size of its file.</param>
/// <param name="ContentBytes">Size of what is in it.</param>
/// <param name="Sha256">Hash of its file, lower-case hexadecimal.</param>
/// <param name="Programs">Programs with a menu entry.</param>
/// <param name="PrivilegedFiles">Files in it that give rights.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="CreatedBy">Who made it.</param>
public sealed record PackageView(
    string Id, string App, string Version, PackageStage Stage, string? Os, long Bytes, long ContentBytes, string Sha256,
    IReadOnlyList<PackageProgram> Programs, IReadOnlyList<string> PrivilegedFiles, DateTimeOffset CreatedAt, string? CreatedBy)
{
    /// <summary>Version it was built on, or null.</summary>
    public string? Base { get; init; }

    /// <summary>Machines that have it attached now.</summary>
    public int Machines { get; init; }
}

/// <summary>A program found in a package.</summary>
/// <param name="Id">File name of its desktop entry.</param>
/// <param name="Name">What the menu says.</param>
/// <param name="Comment">What it is, or null.</param>
/// <param name="HasIcon">True when there is a picture of it.</param>
public sealed record PackageProgram(string Id, string Name, string? Comment, bool HasIcon);

/// <summary>When an assigned package is attached.</summary>
public enum PackageDelivery
{
    /// <summary>Before the session is handed over.</summary>
    Logon,
    /// <summary>When its menu entry is first started.</summary>
    Demand,
    /// <summary>When the machine is made, so that logon is free; for pools only.</summary>
    Provision,
}

/// <summary>Who gets an application; exactly one of user, group and pool is set.</summary>
/// <param name="Id">Id of this assignment.</param>
/// <param name="App">Application.</param>
/// <param name="Version">Version, or null for the one marked current.</param>
/// <param name="User">User, or null.</param>
/// <param name="Group">Group, or null.</param>
/// <param name="Pool">Everybody who opens a desktop of this pool, or null.</param>
/// <param name="Delivery">When it is attached.</param>
public sealed record AppAssignmentView(string Id, string App, string? Version, string? User, string? Group, string? Pool, PackageDelivery Delivery);

/// <summary>Adds an application.</summary>
/// <param name="Name">1 to 63 of a-z, 0-9 and '-'.</param>
/// <param name="DisplayName">What people read; the name when null.</param>
/// <param name="Description">What it is.</param>
/// <param name="Precedence">1 to 1000.</param>
public sealed record CreateAppRequest(string Name, string? DisplayName = null, string Description = "", int Precedence = 500);

/// <summary>Changes an application; null leaves as it is.</summary>
/// <param name="DisplayName">What people read.</param>
/// <param name="Description">What it is.</param>
/// <param name="Precedence">1 to 1000.</param>
public sealed record ChangeAppRequest(string? DisplayName = null, string? Description = null, int? Precedence = null);

/// <summary>Assigns an application; name exactly one of user, group and pool.</summary>
/// <param name="Version">Version, or null for the one marked current.</param>
/// <param name="User">User, or null.</param>
/// <param name="Group">Group, or null.</param>
/// <param name="Pool">Pool, or null.</param>
/// <param name="Delivery">When it is attached.</param>
public sealed record AssignAppRequest(string? Version = null, string? User = null, string? Group = null, string? Pool = null, PackageDelivery Delivery = PackageDelivery.Logon);

/// <summary>Points the marker of an application to a version.</summary>
/// <param name="Version">Version, or null for none.</param>
public sealed record SetCurrentRequest(string? Version);

/// <summary>Moves a package through its life.</summary>
/// <param name="Stage">How far it is now.</param>
public sealed record SetStageRequest(PackageStage Stage);

/// <summary>Makes a package of a file on the server: a squashfs or a tar archive with usr/, opt/ and etc/. Answered with an <see cref="OperationView"/>.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Path">Absolute path of the file on the server.</param>
/// <param name="AllowPrivileged">True takes files that give rights.</param>
public sealed record ImportPackageRequest(string Version, string Path, bool AllowPrivileged = false);

/// <summary>
/// Begins a capture: a machine of its own is forked, and what is installed in it becomes a package. With something to install it goes to
/// its end without hands; otherwise it waits, Open, until it is finished or cancelled.
/// </summary>
/// <param name="App">Application, which must exist.</param>
/// <param name="Version">Version of the package it becomes.</param>
/// <param name="Image">Golden image to fork.</param>
public sealed record BeginCaptureRequest(string App, string Version, string Image)
{
    /// <summary>Image version; the newest published one when null.</summary>
    public string? ImageVersion { get; init; }

    /// <summary>Version of the application's package to build on, or null.</summary>
    public string? Base { get; init; }

    /// <summary>Debian packages to install, by name.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [];

    /// <summary>Absolute paths of .deb files on the server.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Shell script to run as root, or null.</summary>
    public string? Script { get; init; }

    /// <summary>True takes files that give rights.</summary>
    public bool AllowPrivileged { get; init; }

    /// <summary>Most that can be captured in MiB, 64 to 65,536.</summary>
    public int SizeMib { get; init; } = 4096;
}

/// <summary>How far a capture is.</summary>
public enum CaptureState
{
    /// <summary>Its machine is being made.</summary>
    Starting,
    /// <summary>Somebody installs by hand.</summary>
    Open,
    /// <summary>It installs without hands.</summary>
    Installing,
    /// <summary>What was changed is being packed.</summary>
    Packing,
    /// <summary>The package is there.</summary>
    Done,
    /// <summary>There will be no package.</summary>
    Failed,
    /// <summary>Somebody gave it up.</summary>
    Cancelled,
}

/// <summary>A capture.</summary>
/// <param name="Id">Its id.</param>
/// <param name="App">Application.</param>
/// <param name="Version">Version of the package it becomes.</param>
/// <param name="Image">Golden image.</param>
/// <param name="State">How far it is.</param>
/// <param name="Step">What is being done, or null.</param>
/// <param name="StartedBy">Who began it.</param>
/// <param name="StartedAt">When.</param>
/// <param name="EndedAt">When it ended, or null.</param>
/// <param name="Fault">Why there is no package, or null.</param>
public sealed record CaptureView(
    string Id, string App, string Version, string Image, CaptureState State, string? Step, string? StartedBy, DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt, Fault? Fault)
{
    /// <summary>Version it builds on, or null.</summary>
    public string? Base { get; init; }
}

/// <summary>An application in a session.</summary>
/// <param name="App">Application.</param>
/// <param name="DisplayName">What people read.</param>
/// <param name="Version">Version.</param>
/// <param name="Delivery">When it is attached.</param>
/// <param name="Attached">True when it is there.</param>
/// <param name="Fault">Why it is not there, or null.</param>
public sealed record SessionApp(string App, string DisplayName, string Version, PackageDelivery Delivery, bool Attached, Fault? Fault = null);
