using Mayfly.Contracts.Api;

namespace Mayfly.Control.Sessions;

/// <summary>The steps of a logon, from the click to the first picture.</summary>
internal static class SessionSteps
{
    /// <summary>From the click until it was known that the user may.</summary>
    public const string Entitlement = "entitlement";

    /// <summary>Until a machine was theirs.</summary>
    public const string Machine = "machine";

    /// <summary>Attaching applications.</summary>
    public const string Apps = "apps";

    /// <summary>Making or keeping a copy of the writable volume, and attaching it.</summary>
    public const string Volume = "volume";

    /// <summary>Bringing the persona into the machine.</summary>
    public const string Persona = "persona";

    /// <summary>Setting up drives, variables and the like, and the tasks of the logon.</summary>
    public const string Environment = "environment";

    /// <summary>From leave to open the display until it was open.</summary>
    public const string Display = "display";

    /// <summary>From there until the page showed a picture.</summary>
    public const string FirstFrame = "first frame";

    public static SessionStep Of(string name, double seconds) => new(name, Round(seconds));

    /// <summary>Whole milliseconds.</summary>
    public static double Round(double seconds) => Math.Round(Math.Max(0, seconds), 3);
}
