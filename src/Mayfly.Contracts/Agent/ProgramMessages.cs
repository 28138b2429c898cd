namespace Mayfly.Contracts.Agent;

/// <summary>
/// Has programs of the desktop's account wait at their start until what belongs to them was brought. What was asked before is no more; what the
/// guest knows of a part that is named again stays.
/// </summary>
/// <param name="Parts">All parts that are brought when a program starts, at most 256.</param>
public sealed record WatchProgramsRequest(IReadOnlyList<ProgramPart> Parts);

/// <summary>A part of a persona that is brought when a program starts.</summary>
/// <param name="Name">Name of its Flex config.</param>
/// <param name="Programs">Absolute paths of executables, at most 32.</param>
/// <param name="Ready">True when nothing waits for it any more: it was brought, or never will be.</param>
public sealed record ProgramPart(string Name, IReadOnlyList<string> Programs, bool Ready);

/// <summary>The programs wait from now on, and those go on that have waited for what is ready.</summary>
/// <param name="Ready">Names of parts that the guest was told are ready, now or before.</param>
/// <param name="Late">Names of parts of which a program had to start without, since they took too long.</param>
public sealed record WatchProgramsReport(IReadOnlyList<string> Ready, IReadOnlyList<string> Late);

/// <summary>Asks for the next thing that a watched program does.</summary>
/// <param name="Ended">Name of the part of which an end was told and has been dealt with, or null. Until then it is told again.</param>
public sealed record AwaitProgramRequest(string? Ended);

/// <summary>What happened.</summary>
/// <param name="Name">Name of the part's Flex config.</param>
/// <param name="Ended">True when the last process of its programs has ended; false when one waits for it.</param>
public sealed record ProgramReport(string Name, bool Ended);
