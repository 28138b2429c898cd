using Microsoft.Extensions.DependencyInjection;

namespace Mayfly.Engine.Shipping;

/// <summary>Adds both ends of shipments.</summary>
internal static class ShippingRegistration
{
    public static IServiceCollection AddShipping(this IServiceCollection services) => services
        .AddSingleton<ImageParts>()
        .AddSingleton<KeptLists>()
        .AddSingleton<LocalPages>()
        .AddSingleton<ArrivalCheck>()
        .AddSingleton<ArrivalCommit>()
        .AddSingleton<IImageSender, ImageSender>()
        .AddSingleton<IImageReceiver, ImageReceiver>();
}
