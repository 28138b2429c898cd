using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Mayfly.Control.Storage;

internal static class StorageRegistration
{
    public static IServiceCollection AddStorage(this IServiceCollection services, string databasePath) => services
        .AddPooledDbContextFactory<MayflyDbContext>(options => options.UseSqlite())
        .AddSingleton(_ => new SqliteConnections(databasePath))
        .AddSingleton<HouseDatabase>();
}
