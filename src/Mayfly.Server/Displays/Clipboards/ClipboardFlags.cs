namespace Mayfly.Server.Displays.Clipboards;

/// <summary>What a message of the extended clipboard does. One message may claim several things.</summary>
[Flags]
internal enum ClipboardFlags : uint
{
    None = 0,
    /// <summary>Says what the sender can.</summary>
    Caps = 1u << 24,
    /// <summary>Asks for the other side's text.</summary>
    Request = 1u << 25,
    /// <summary>Asks whether the other side has text.</summary>
    Peek = 1u << 26,
    /// <summary>Says that the sender has text.</summary>
    Notify = 1u << 27,
    /// <summary>Brings text.</summary>
    Provide = 1u << 28,
}
