using Mayfly.Control.Storage;

namespace Mayfly.Control.Tests.Storage;

/// <summary>Connections and contexts that are used again.</summary>
public sealed class ConnectionTests : HouseTestBase
{
    private const int Most = 64;

    [Fact]
    public async Task Dispose_OfAContextThatIsSomebodyElsesAtOnce_LeavesTheirsAlone()
    {
        Assert.SkipWhen(TestDatabase.IsPostgres, "SQLite's own.");
        await using var house = await StartAsync();
        var database = house.Get<HouseDatabase>();
        var first = await database.ReadAsync(default);
        var givenBack = first.Released!;
        List<Task<MayflyDbContext>> next = [];
        first.Released = () =>
        {
            givenBack();
            // More than there are at rest: one of them is the first again.
            for (var i = 0; i < Most; i++) next.Add(database.ReadAsync(default));
        };

        await first.DisposeAsync();

        var contexts = await Task.WhenAll(next);
        contexts.ShouldContain(first);
        contexts.ShouldAllBe(context => context.Released != null);
        foreach (var context in contexts) await context.DisposeAsync();
    }
}
