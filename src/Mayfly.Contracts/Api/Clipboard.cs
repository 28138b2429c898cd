namespace Mayfly.Contracts.Api;

/// <summary>Which way text may be copied between a user's computer and their desktop.</summary>
public enum ClipboardRule
{
    /// <summary>Both ways.</summary>
    Both,
    /// <summary>Into the desktop only.</summary>
    ToGuest,
    /// <summary>Out of the desktop only.</summary>
    FromGuest,
    /// <summary>Not at all.</summary>
    Off,
}
