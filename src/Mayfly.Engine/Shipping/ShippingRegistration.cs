using Microsoft.Extensions.DependencyInjection;

namespace Mayfly.Engine.Shipping;

/// <summary>Adds both ends of shipments.</summary>
internal static class ShippingRegistration
{
    public static IServiceCollection AddShipping(this IServiceCollection services) => services
        .AddSingleton<GoldenCargo>()
        .AddSingleton<ICargoStore>(provider => provider.GetRequiredService<GoldenCargo>())
        .AddSingleton<ICargoStore, WarmCargo>()
        .AddSingleton<ICargoStore, PackageCargo>()
        .AddSingleton<ICargoStore, VolumeCargo>()
        .AddSingleton<CargoStores>()
        .AddSingleton<KeptLists>()
        .AddSingleton<LocalPages>()
        .AddSingleton<ICargoSender, CargoSender>()
        .AddSingleton<ICargoReceiver, CargoReceiver>();
}
