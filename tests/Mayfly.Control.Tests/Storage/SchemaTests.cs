using Mayfly.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Tests.Storage;

public sealed class SchemaTests
{
    [Fact]
    public async Task Model_Migrated_HasNoPendingChanges()
    {
        using var directory = new TemporaryDirectory();
        await using var house = await House.StartAsync(directory.Root, new FakeMachineHost());
        (await house.ReadAsync(context => context.Database.HasPendingModelChanges())).ShouldBeFalse();
    }

    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("synchronous", "2")]
    [InlineData("foreign_keys", "1")]
    public async Task Connection_Opened_IsSetForSafety(string pragma, string value)
    {
        Assert.SkipWhen(TestDatabase.IsPostgres, "SQLite's own.");
        using var directory = new TemporaryDirectory();
        await using var house = await House.StartAsync(directory.Root, new FakeMachineHost());
        (await house.ReadAsync(context => context.Database.SqlQueryRaw<string>($"SELECT CAST({pragma} AS TEXT) AS Value FROM pragma_{pragma}").AsEnumerable().Single())).ShouldBe(value);
    }
}
