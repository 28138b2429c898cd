using Mayfly.Contracts.Api;

namespace Mayfly.Control.Settings;

/// <summary>The settings of the house: one row.</summary>
public sealed class SettingsRow
{
    /// <summary>Id of the only row.</summary>
    public const int Only = 1;

    public required int Id { get; init; }

    public required HouseSettings Settings { get; set; }
}
