using Mayfly.Control.Access;
using Mayfly.Control.Apps;
using Mayfly.Control.Backups;
using Mayfly.Control.Captures;
using Mayfly.Control.Directories;
using Mayfly.Control.Entitlements;
using Mayfly.Control.Environments;
using Mayfly.Control.Events;
using Mayfly.Control.Groups;
using Mayfly.Control.Hosts;
using Mayfly.Control.Idempotency;
using Mayfly.Control.Machines;
using Mayfly.Control.Operations;
using Mayfly.Control.Personas;
using Mayfly.Control.Pools;
using Mayfly.Control.Pushing;
using Mayfly.Control.Sessions;
using Mayfly.Control.Settings;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Control.Storage.Postgres;
using Mayfly.Control.Telemetry;
using Mayfly.Control.Users;
using Mayfly.Control.Volumes;
using Mayfly.Control.Workspaces;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Mayfly.Control;

/// <summary>Adds the control plane. The engine must have been added before: it starts first and stops last.</summary>
public static class ControlRegistration
{
    /// <summary>Adds everything of <c>Mayfly.Control</c>.</summary>
    public static IServiceCollection AddMayflyControl(this IServiceCollection services, ControlOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(Random.Shared);
        services.AddSingleton(options).AddStorage(options);
        services.AddSingleton<HouseChanges>().AddSingleton<Lifetimes>().AddSingleton<BackgroundJobs>().AddSingleton<EventLog>();
        services.AddSingleton<LdapDirectory>().AddSingleton<OpenIdClient>().AddSingleton<DirectoryBook>().AddSingleton<DirectoryUsers>().AddSingleton<PasswordDirectories>();
        services.AddSingleton<EventFeed>().AddSingleton<EventRetention>().AddSingleton<SyslogQueue>().AddSingleton<ChangeWatch>().AddSingleton<IdempotencyStore>();
        services.AddMetrics().AddSingleton<HouseMeters>().AddSingleton<HouseGauges>().AddSingleton<MetricHistory>().AddSingleton<LogonSteps>();
        services.AddSingleton<SettingsStore>().AddSingleton<RoleBook>().AddSingleton<ObjectPools>().AddSingleton<GroupBook>().AddSingleton<EntitlementList>();
        services.AddSingleton<LoginThrottle>().AddSingleton<UserReader>().AddSingleton<UserDirectory>().AddSingleton<Passwords>().AddSingleton<SecondFactors>()
            .AddSingleton<SignInDesk>().AddSingleton<SignIns>().AddSingleton<ApiTokens>();
        services.AddSingleton<HostDuty>();
        services.AddSingleton<PoolQueue>().AddSingleton<PoolHealth>().AddSingleton<PoolCatalog>()
            .AddSingleton<PoolObserver>().AddSingleton<PoolExecutor>().AddSingleton<LeftoverFiles>().AddSingleton<PoolReconciler>();
        services.AddSingleton<MachineOperations>().AddSingleton<MachineForge>().AddSingleton<MachineApps>().AddSingleton<MachineSettlement>().AddSingleton<MachineDisposal>()
            .AddSingleton<MachineLosses>().AddSingleton<MachineTroubles>().AddSingleton<MachineRefresh>().AddSingleton<MachineAudit>()
            .AddSingleton<MachineCatalog>().AddSingleton<MachineActions>().AddSingleton<MachinePublishing>().AddSingleton<MachineHolding>();
        services.AddSingleton<PushDesk>().AddSingleton<PushReader>().AddSingleton<PushDriver>().AddSingleton<CanaryDesk>().AddSingleton<GraceTimes>().AddSingleton<RetiredImages>();
        services.AddSingleton<SessionBroker>().AddSingleton<SessionDesk>().AddSingleton<DesktopCards>().AddSingleton<DesktopReset>()
            .AddSingleton<SessionDisplays>().AddSingleton<SessionInputs>().AddSingleton<SessionRules>().AddSingleton<FirstFrames>()
            .AddSingleton<LostDesktops>().AddSingleton<LogonPlan>().AddSingleton<AttachWork>().AddSingleton<SessionAttacher>().AddSingleton<AttachedSessions>()
            .AddSingleton<SessionReader>().AddSingleton<SessionRetention>().AddSingleton<SessionMessages>().AddSingleton<PersonReader>();
        services.AddSingleton<AppBook>().AddSingleton<PackageBook>().AddSingleton<AssignmentBook>()
            .AddSingleton<CaptureBook>().AddSingleton<CaptureSteps>().AddSingleton<CaptureWorker>()
            .AddSingleton<VolumeBook>().AddSingleton<VolumeDesk>().AddSingleton<VolumeLeases>().AddSingleton<VolumeReadying>().AddSingleton<VolumeRelease>();
        services.AddSingleton<EnvironmentBook>().AddSingleton<LogonFactFinder>().AddSingleton<SessionEnvironments>();
        services.AddSingleton<FlexConfigBook>().AddSingleton<FlexConfigRecorder>().AddSingleton<PersonaBook>().AddSingleton<PredefinedBook>().AddSingleton<PersonaDesk>().AddSingleton<PersonaLeases>().AddSingleton<PersonaLoading>().AddSingleton<PersonaHistory>().AddSingleton<PersonaSaving>().AddSingleton<PersonaFarewell>().AddSingleton<ProgramStarts>()
            .AddSingleton<MachineLeases>();
        services.AddSingleton<WorkspaceBook>().AddSingleton<WorkspaceDesk>();
        services.AddSingleton<OperationBoard>().AddSingleton<ImageJobs>().AddSingleton<BackupInventory>();

        // Stopped in the reverse order: listening and planning end, then what they began, then the machines if so told.
        services.AddHostedService<HouseStop>();
        services.AddHostedService(provider => provider.GetRequiredService<BackgroundJobs>());
        services.AddHostedService(provider => provider.GetRequiredService<PoolReconciler>());
        services.AddHostedService<MachineNewsWatcher>();
        services.AddHostedService<DemandWatch>().AddHostedService<ProgramWatch>();
        services.AddHostedService<DirectoryRefresh>();
        services.AddSingleton<PersonaCheckpoints>().AddHostedService(provider => provider.GetRequiredService<PersonaCheckpoints>());
        services.AddHostedService<SyslogSender>();
        services.AddHostedService<HouseSampler>();
        if (options.Database is not null) services.AddHostedService<HouseNotices>();
        return services;
    }
}
