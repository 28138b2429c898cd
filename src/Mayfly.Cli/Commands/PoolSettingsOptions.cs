using System.CommandLine;
using Mayfly.Cli.Notation;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary>Options on all that can be changed of a pool. What is not named stays as it is.</summary>
internal sealed class PoolSettingsOptions
{
    private readonly PoolSizeOptions _size = new();
    private readonly PoolUseOptions _use = new();
    private readonly PoolAttachOptions _attach = new();
    private readonly Option<string?> _timeZone = new("--time-zone") { Description = "IANA time zone of schedule and hours; this computer's when left out" };
    private readonly Option<string?> _displayName = new("--display-name") { Description = "What users read on its card" };
    private readonly Option<RefreshNotation?> _refresh =
        ReadOption.Of<RefreshNotation>("--refresh", "When a dedicated machine gets a fresh disk", RefreshNotation.Form, RefreshNotation.Read);

    private readonly Option<string[]> _postSync = Program("--post-sync", "at the end of ClonePrep");
    private readonly Option<int?> _postSyncLimit = new("--post-sync-timeout") { Description = "Its limit in seconds" };
    private readonly Option<string[]> _powerOff = Program("--power-off", "before it is powered off or destroyed");
    private readonly Option<int?> _powerOffLimit = new("--power-off-timeout") { Description = "Its limit in seconds" };
    private readonly Option<bool?> _stopOnError = new("--stop-on-error")
    {
        Description = "Make no more machines once one has failed for good, until \"pool enable\"",
    };

    private readonly Option<int?> _attempts = new("--attempts") { Description = "Times each machine is tried before it counts as failed" };
    private readonly Option<int?> _errorThreshold = new("--error-threshold")
    {
        Description = "Failed machines in percent of the last 20 made, at which making stops",
    };

    private readonly Option<int?> _keepVersions = new("--keep-versions") { Description = "Earlier image versions kept published for a rollback" };

    public void AddTo(Command command)
    {
        Option[] others =
            [_refresh, _postSync, _postSyncLimit, _powerOff, _powerOffLimit, _stopOnError, _attempts, _errorThreshold, _keepVersions];
        foreach (var option in (Option[])[_displayName, .. _size.All, _timeZone, .. _use.All, .. _attach.All, .. others])
            command.Options.Add(option);
    }

    /// <summary>The settings, of the same type, with what the command line names in place of theirs.</summary>
    public Outcome<PoolSettings> Apply(ParseResult parsed, PoolSettings settings, TimeProvider clock)
    {
        var timeZone = parsed.GetValue(_timeZone);
        var changed = _use.Apply(parsed, _size.Apply(parsed, _attach.Apply(parsed, ApplyMaking(parsed, settings)), timeZone, clock), timeZone, clock);
        return timeZone is not null && changed.Schedule is null && changed.Hours is null
            ? new Fault(ErrorCode.InvalidRequest, "A time zone means nothing without a schedule or hours.", null, "Name one with --schedule or --hours.")
            : changed;
    }

    private PoolSettings ApplyMaking(ParseResult parsed, PoolSettings settings)
    {
        var refreshed = parsed.GetValue(_refresh)?.ApplyTo(settings) ?? settings;
        return refreshed with
        {
            DisplayName = parsed.GetValue(_displayName) ?? settings.DisplayName,
            PostSync = Program(parsed, _postSync) ?? settings.PostSync,
            PostSyncTimeoutSeconds = parsed.GetValue(_postSyncLimit) ?? settings.PostSyncTimeoutSeconds,
            PowerOff = Program(parsed, _powerOff) ?? settings.PowerOff,
            PowerOffTimeoutSeconds = parsed.GetValue(_powerOffLimit) ?? settings.PowerOffTimeoutSeconds,
            StopOnError = parsed.GetValue(_stopOnError) ?? settings.StopOnError,
            Attempts = parsed.GetValue(_attempts) ?? settings.Attempts,
            ErrorThresholdPercent = parsed.GetValue(_errorThreshold) ?? settings.ErrorThresholdPercent,
            KeepVersions = parsed.GetValue(_keepVersions) ?? settings.KeepVersions,
        };
    }

    private static Option<string[]> Program(string name, string when) => new(name)
    {
        Description = $"Program, and by repeating the option its arguments, run in the guest {when}; \"\" for none",
    };

    private static string[]? Program(ParseResult parsed, Option<string[]> option) =>
        parsed.GetResult(option) is null ? null : parsed.GetRequiredValue(option) is [""] ? [] : parsed.GetRequiredValue(option);
}
