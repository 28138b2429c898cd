using System.Globalization;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Notation;

/// <summary>When a dedicated machine gets a fresh disk, in one word: "never", "always", "days=7" or "disk=4096".</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Number">Days or MiB, for the rules that have one.</param>
internal readonly record struct RefreshNotation(RefreshRule Rule, int? Number = null)
{
    public const string Form = "never|always|days=N|disk=MIB";

    /// <summary>Reads a rule, or returns null when the text is none.</summary>
    public static RefreshNotation? Read(string text)
    {
        var parts = text.ToLowerInvariant().Split('=', 2);
        var number = parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : (int?)null;
        return (parts[0], parts.Length, number) switch
        {
            ("never", 1, _) => new(RefreshRule.Never),
            ("always", 1, _) => new(RefreshRule.Always),
            ("days", 2, { } days) => new(RefreshRule.EveryDays, days),
            ("disk", 2, { } mib) => new(RefreshRule.AtDiskSize, mib),
            _ => null,
        };
    }

    /// <summary>Writes a pool's rule for people.</summary>
    public static string Describe(PoolSettings pool) => pool.Refresh switch
    {
        RefreshRule.Always => "at every log-off",
        RefreshRule.EveryDays => $"at log-off, every {pool.RefreshDays} days",
        RefreshRule.AtDiskSize => $"at log-off, once {pool.RefreshDiskMib} MiB are written",
        _ => "never",
    };

    /// <summary>The settings with this rule in place of theirs.</summary>
    public PoolSettings ApplyTo(PoolSettings settings) => settings with
    {
        Refresh = Rule,
        RefreshDays = Rule is RefreshRule.EveryDays && Number is { } days ? days : settings.RefreshDays,
        RefreshDiskMib = Rule is RefreshRule.AtDiskSize && Number is { } mib ? mib : settings.RefreshDiskMib,
    };
}
