namespace Mayfly.Control.Events;

/// <summary>Every kind of event there is. Never renamed once released.</summary>
public static class EventKinds
{
    public const string UserAdded = "user.added";
    public const string UserSignedIn = "user.signed-in";
    public const string UserLocked = "user.locked";
    public const string TokenMade = "token.made";
    public const string PoolCreated = "pool.created";
    public const string PoolDeleted = "pool.deleted";
    public const string EntitlementAdded = "entitlement.added";
    public const string EntitlementRemoved = "entitlement.removed";
    public const string MachineReady = "machine.ready";
    public const string MachineFailed = "machine.failed";
    public const string MachineExited = "machine.exited";
    public const string MachineDestroyed = "machine.destroyed";
    public const string MachineStray = "machine.stray";
    public const string MachineExec = "machine.exec";
    public const string DisplayOpened = "display.opened";
    public const string SessionStarted = "session.started";
    public const string SessionEnded = "session.ended";
    public const string ImageWorkStarted = "image.work-started";
    public const string ImageWorkFinished = "image.work-finished";
    public const string ImageWorkFailed = "image.work-failed";
    public const string ImageUnpublished = "image.unpublished";
}
