using Mayfly.Contracts;
using Mayfly.Control.Events;

namespace Mayfly.Control.Operations;

/// <summary>What a long job works on: one job at a time for each.</summary>
/// <param name="Noun">What it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Started">Kind of the event when a job begins.</param>
/// <param name="Finished">Kind of the event when it has finished.</param>
/// <param name="Failed">Kind of the event when it has failed.</param>
/// <param name="Broken">Code for a failure that was not foreseen.</param>
internal sealed record OperationSubject(string Noun, string Name, string Started, string Finished, string Failed, ErrorCode Broken)
{
    public static OperationSubject Image(string name, ErrorCode broken = ErrorCode.ImageBuildFailed) =>
        new("image", name, EventKinds.ImageWorkStarted, EventKinds.ImageWorkFinished, EventKinds.ImageWorkFailed, broken);

    public static OperationSubject App(string name) =>
        new("application", name, EventKinds.AppWorkStarted, EventKinds.AppWorkFinished, EventKinds.AppWorkFailed, ErrorCode.PackageInvalid);
}
