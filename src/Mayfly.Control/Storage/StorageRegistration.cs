using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Mayfly.Control.Storage;

internal static class StorageRegistration
{
    public static IServiceCollection AddStorage(this IServiceCollection services, string databasePath)
    {
        // Without the provider's pool: it takes a connection back while a statement on it is still being given up, and then fails ("active statements").
        var connection = new SqliteConnectionStringBuilder { DataSource = databasePath, ForeignKeys = true, DefaultTimeout = 15, Pooling = false }.ToString();
        services.AddDbContextFactory<MayflyDbContext>(options => options.UseSqlite(connection).AddInterceptors(new SqlitePragmas()));
        services.AddSingleton<HouseDatabase>();
        return services;
    }
}
