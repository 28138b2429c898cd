using Mayfly.Control.Leadership;
using Mayfly.Control.Storage.Postgres;
using Mayfly.Control.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Mayfly.Control.Storage;

/// <summary>Adds the database alone: for <see cref="ControlRegistration"/>, and for what works on it while nothing else runs.</summary>
public static class StorageRegistration
{
    /// <summary>Adds the <see cref="HouseStore"/> that the options name. What measures time must be there.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, ControlOptions options)
    {
        services.AddPooledDbContextFactory<MayflyDbContext>((provider, contexts) => provider.GetRequiredService<HouseStore>().Configure(contexts));
        services.TryAddSingleton(_ => HouseTerm.Alone());
        services.AddSingleton<HouseDatabase>();
        return options.Database is null
            ? services.AddSingleton<HouseStore>(_ => new SqliteStore(options.DatabasePath))
            : services.AddSingleton<PostgresStore>().AddSingleton<HouseStore>(provider => provider.GetRequiredService<PostgresStore>());
    }
}
