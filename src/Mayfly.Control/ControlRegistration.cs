using Mayfly.Control.Entitlements;
using Mayfly.Control.Events;
using Mayfly.Control.Machines;
using Mayfly.Control.Operations;
using Mayfly.Control.Pools;
using Mayfly.Control.Sessions;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Control.Users;
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
        services.AddSingleton(options).AddStorage(options.DatabasePath);
        services.AddSingleton<HouseChanges>().AddSingleton<Lifetimes>().AddSingleton<BackgroundJobs>().AddSingleton<EventLog>();
        services.AddSingleton<LoginThrottle>().AddSingleton<UserDirectory>().AddSingleton<SignIns>().AddSingleton<ApiTokens>().AddSingleton<EntitlementList>();
        services.AddSingleton<PoolQueue>().AddSingleton<PoolHealth>().AddSingleton<PoolCatalog>().AddSingleton<PoolReconciler>();
        services.AddSingleton<ForksInFlight>().AddSingleton<MachineForge>().AddSingleton<MachineDisposal>().AddSingleton<MachineLosses>()
            .AddSingleton<MachineAudit>().AddSingleton<MachineCatalog>();
        services.AddSingleton<SessionBroker>().AddSingleton<SessionDesk>().AddSingleton<DesktopCards>();
        services.AddSingleton<OperationBoard>().AddSingleton<ImageJobs>();

        // Stopped in the reverse order: listening and planning end, then what they began, then the machines if so told.
        services.AddHostedService<HouseStop>();
        services.AddHostedService(provider => provider.GetRequiredService<BackgroundJobs>());
        services.AddHostedService(provider => provider.GetRequiredService<PoolReconciler>());
        services.AddHostedService<MachineExitWatcher>();
        return services;
    }
}
