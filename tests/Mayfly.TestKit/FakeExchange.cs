using Mayfly.Engine.Exchange;
using Mayfly.Engine.Shipping;
using Microsoft.Extensions.DependencyInjection;

namespace Mayfly.TestKit;

public static class FakeExchange
{
    /// <summary>Adds what a host carries to others and takes from them, without a disk.</summary>
    public static IServiceCollection AddFakeExchange(this IServiceCollection services, FakeHostFiles? files = null, FakeShipping? shipping = null)
    {
        files ??= new FakeHostFiles();
        shipping ??= new FakeShipping(files);
        return services.AddSingleton<IHostFiles>(files).AddSingleton<ICargoSender>(shipping).AddSingleton<ICargoReceiver>(shipping);
    }
}
