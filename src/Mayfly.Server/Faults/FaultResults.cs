using Mayfly.Contracts;
using Mayfly.Control.Storage;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mayfly.Server.Faults;

/// <summary>Turns faults into problem details (RFC 9457): the one place where codes meet HTTP statuses.</summary>
internal static class FaultResults
{
    /// <summary>The HTTP status of a code.</summary>
    public static int StatusOf(ErrorCode code) => code switch
    {
        ErrorCode.InvalidRequest => StatusCodes.Status400BadRequest,
        ErrorCode.Unauthenticated or ErrorCode.SecondFactorRequired => StatusCodes.Status401Unauthorized,
        ErrorCode.Forbidden or ErrorCode.TicketRefused or ErrorCode.OutsideHours or ErrorCode.SecondFactorDue => StatusCodes.Status403Forbidden,
        ErrorCode.NotFound => StatusCodes.Status404NotFound,
        ErrorCode.AlreadyExists or ErrorCode.Busy or ErrorCode.ImageNotPublished or ErrorCode.ImageInUse
            or ErrorCode.MachineStateWrong or ErrorCode.PackageInUse or ErrorCode.PackageForeign or ErrorCode.VolumeInUse or ErrorCode.VolumeDisabled => StatusCodes.Status409Conflict,
        ErrorCode.Changed => StatusCodes.Status412PreconditionFailed,
        ErrorCode.RecipeInvalid or ErrorCode.ImageFormatUnsupported or ErrorCode.ImageHasExternalReference or ErrorCode.IdempotencyMismatch
            or ErrorCode.DirectoryMisconfigured or ErrorCode.PackageInvalid or ErrorCode.PackagePrivileged or ErrorCode.VolumeUnusable or ErrorCode.PersonaUnusable
            or ErrorCode.BackupUnusable => StatusCodes.Status422UnprocessableEntity,
        ErrorCode.TooManyRequests => StatusCodes.Status429TooManyRequests,
        ErrorCode.AgentProtocol or ErrorCode.AgentRefused or ErrorCode.ClonePrepFailed or ErrorCode.PostSyncFailed or ErrorCode.MachineExited
            or ErrorCode.MachineStartFailed or ErrorCode.AttachFailed or ErrorCode.CaptureFailed or ErrorCode.DirectoryRefused
            or ErrorCode.DirectoryUntrusted => StatusCodes.Status502BadGateway,
        ErrorCode.AgentSilent or ErrorCode.MachineUnresponsive or ErrorCode.DirectoryUnreachable => StatusCodes.Status504GatewayTimeout,
        ErrorCode.HostDiskLow or ErrorCode.HostMemoryLow or ErrorCode.MachineDiskFull => StatusCodes.Status507InsufficientStorage,
        ErrorCode.ImageBuildFailed or ErrorCode.PublishFailed or ErrorCode.WarmImageCorrupt or ErrorCode.WarmImageForeign => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status503ServiceUnavailable,
    };

    /// <summary>The fault as an answer.</summary>
    public static ProblemHttpResult ToProblem(this Fault fault) => TypedResults.Problem(Details(fault, StatusOf(fault.Code)));

    /// <summary>The value made an answer, or the fault.</summary>
    public static Results<TResult, ProblemHttpResult> Answer<T, TResult>(this Outcome<T> outcome, Func<T, TResult> success)
        where TResult : IResult => outcome.Fault is { } fault ? fault.ToProblem() : success(outcome.Value);

    /// <summary>The value as 200, or the fault.</summary>
    public static Results<Ok<T>, ProblemHttpResult> AsOk<T>(this Outcome<T> outcome) => outcome.Answer(value => TypedResults.Ok(value));

    /// <summary>Nothing as 204, or the fault.</summary>
    public static Results<NoContent, ProblemHttpResult> AsNoContent(this Outcome<Done> outcome) => outcome.Answer(_ => TypedResults.NoContent());

    /// <summary>Answers a request with a fault from outside an endpoint.</summary>
    public static Task WriteAsync(HttpContext context, Fault fault) => fault.ToProblem().ExecuteAsync(context);

    /// <summary>Answers a request that nothing else has answered, by the status it got.</summary>
    public static Task WriteStatusAsync(HttpContext context)
    {
        var status = context.Response.StatusCode;
        var fault = status switch
        {
            StatusCodes.Status404NotFound => new Fault(ErrorCode.NotFound, "There is nothing at this address."),
            StatusCodes.Status429TooManyRequests => new Fault(ErrorCode.TooManyRequests, "Too many attempts.", null, "Try again in a minute."),
            >= 500 => new Fault(ErrorCode.ShuttingDown, "The server could not answer."),
            _ => new Fault(ErrorCode.InvalidRequest, "The request cannot be answered as it is.", $"HTTP status {status}."),
        };
        return TypedResults.Problem(Details(fault, status)).ExecuteAsync(context);
    }

    /// <summary>Answers a request that threw. What was thrown is in the log, not in the answer, unless it is about the request itself.</summary>
    public static Task WriteUnexpectedAsync(HttpContext context)
    {
        var thrown = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        if (thrown is BadHttpRequestException bad)
            return TypedResults.Problem(Details(new Fault(ErrorCode.InvalidRequest, "The request cannot be read.", bad.Message), bad.StatusCode)).ExecuteAsync(context);
        if (thrown is OperationCanceledException)
            return WriteAsync(context, new Fault(ErrorCode.ShuttingDown, "The request was given up.", null, "Try again."));
        if (StorageFaults.Of(thrown) is { } full) return WriteAsync(context, full);
        return TypedResults.Problem(title: "mayflyd failed in an unforeseen way.", statusCode: StatusCodes.Status500InternalServerError,
            extensions: new Dictionary<string, object?> { ["code"] = "Internal", ["remedy"] = "See the log of mayflyd." }).ExecuteAsync(context);
    }

    private static ProblemDetails Details(Fault fault, int status) => new()
    {
        Status = status,
        Title = fault.What,
        Detail = fault.Why,
        Extensions = { ["code"] = fault.Code.ToString(), ["remedy"] = fault.Remedy },
    };
}
