using Mayfly.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace Mayfly.Control.Hosts;

/// <summary>Makes a house of many hosts out of one of one host.</summary>
public static class HostRegistration
{
    /// <summary>Puts the hosts of the house in the place of the server's own, which must have been added before, as the control plane must be after.</summary>
    public static IServiceCollection AddHosts(this IServiceCollection services, FleetOptions options)
    {
        services.TakeHome<IMachineHost>();
        services.TakeHome<IImageLibrary>();
        services.TakeHome<IPersonaLibrary>();
        return services
            .AddSingleton(options)
            .AddSingleton<HouseAuthorityStore>().AddSingleton<AuthorityExchange>().AddSingleton<HostPlacement>().AddSingleton<HostImages>().AddSingleton<HostBook>()
            .AddSingleton<HostFleet>().AddHostedService(provider => provider.GetRequiredService<HostFleet>())
            .AddSingleton<VolumeCarrier>().AddSingleton<PackageCarrier>()
            .AddSingleton<IImageLibrary, HouseImages>().AddSingleton<IPersonaLibrary, HousePersonas>()
            .AddSingleton<HouseMachines>().AddSingleton<IMachineHost>(provider => provider.GetRequiredService<HouseMachines>());
    }

    /// <summary>What was the service is from now on to be had as the server's own.</summary>
    private static void TakeHome<T>(this IServiceCollection services)
        where T : class
    {
        var own = services.Last(service => service.ServiceType == typeof(T) && !service.IsKeyedService);
        services.Remove(own);
        services.AddKeyedSingleton(HostFleet.Home, (provider, _) =>
            own.ImplementationInstance as T ?? own.ImplementationFactory?.Invoke(provider) as T ?? (T)ActivatorUtilities.CreateInstance(provider, own.ImplementationType!));
    }
}
