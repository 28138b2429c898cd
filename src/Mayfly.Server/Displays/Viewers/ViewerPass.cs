using Mayfly.Control.Signals;

namespace Mayfly.Server.Displays.Viewers;

/// <summary>What the password of a viewer file grants.</summary>
/// <param name="Grant">Which screen, to whom.</param>
/// <param name="SignInId">The sign-in under which the file was made, or null.</param>
/// <param name="SignIn">Ends with it.</param>
internal sealed record ViewerPass(DisplayGrant Grant, string? SignInId, Lifetimes.Lease SignIn) : IDisposable
{
    public void Dispose() => SignIn.Dispose();
}
