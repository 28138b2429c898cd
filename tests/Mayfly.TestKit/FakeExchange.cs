using Mayfly.Engine.Exchange;
using Mayfly.Engine.Shipping;
using Microsoft.Extensions.DependencyInjection;

namespace Mayfly.TestKit;

public static class FakeExchange
{
    /// <summary>Adds what a host carries to others and takes from them, without a disk.</summary>
    public static IServiceCollection AddFakeExchange(this IServiceCollection services, FakeHostFiles? files = null, FakeShipping? shipping = null)
    {
        shipping ??= new FakeShipping();
        return services.AddSingleton<IHostFiles>(files ?? new FakeHostFiles()).AddSingleton<IImageSender>(shipping).AddSingleton<IImageReceiver>(shipping);
    }
}
