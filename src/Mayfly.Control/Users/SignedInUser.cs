using Mayfly.Contracts.Api;
using Mayfly.Control.Access;

namespace Mayfly.Control.Users;

/// <summary>A user who has shown who they are, and what they may do now.</summary>
/// <param name="Name">Login name.</param>
/// <param name="DisplayName">Name shown.</param>
/// <param name="Source">"local", a directory, or "host".</param>
/// <param name="Rights">What they may do.</param>
/// <param name="SecondFactor">True when a second factor is set up.</param>
/// <param name="SecondFactorDue">True when one must be set up before anything else.</param>
public sealed record SignedInUser(string Name, string DisplayName, string Source, AccessRights Rights, bool SecondFactor, bool SecondFactorDue)
{
    /// <summary>The administrator who sits at the host itself.</summary>
    public static SignedInUser AtTheHost { get; } =
        new(UserDirectory.LocalName, "Local administrator", "host", AccessRights.Everything, SecondFactor: false, SecondFactorDue: false);

    /// <summary>The same for people and programs.</summary>
    public MeView ToView() => new(Name, DisplayName, Source, Rights.ToView(), SecondFactor, SecondFactorDue);
}
