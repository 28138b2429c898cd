using Mayfly.Contracts.Api;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mayfly.Control.Tests.Storage;

/// <summary>A database of the first schema, as a mayflyd before pools that keep themselves left it.</summary>
public sealed class MigrationTests : HouseTestBase
{
    private const string Rows = """
        INSERT INTO users VALUES ('ann', 'Ann', 'hash', FALSE, 1000);
        INSERT INTO pools VALUES ('p', 'Desktops', 'micro', 'v1', 1, 3, 'p-{n}', '["/bin/hello","it''s"]', 33, 1000, FALSE);
        INSERT INTO entitlements VALUES ('p', 'ann');
        INSERT INTO machines VALUES ('id1', 'p-1', 'p', 'Disconnected', 'micro', 'v1', 1000, 'ann', '10.64.0.2', '52:54:00:00:00:01', 11, TRUE, 5, 200, NULL);
        INSERT INTO machines VALUES ('id2', 'p-2', 'p', 'Available', 'micro', 'v1', 2000, NULL, '10.64.0.10', '52:54:00:00:00:02', 12, TRUE, 5, 200, NULL);
        INSERT INTO sessions VALUES ('s1', 'p', 'id1', 'p-1', 'ann', 3000, NULL, NULL, FALSE);
        INSERT INTO sessions VALUES ('s0', 'p', 'id0', 'p-1', 'ann', 2000, 2500, 'log-off', FALSE);
        INSERT INTO events ("At", "Level", "Kind", "Message", "Pool") VALUES (1000, 'info', 'pool.created', 'Made.', 'p');
        """;

    [Fact]
    public async Task Migrate_FirstSchemaWithData_KeepsPoolsMachinesAndSessions()
    {
        await MakeOldAsync();
        foreach (var (id, name) in new[] { ("id1", "p-1"), ("id2", "p-2") })
            (await Host.ProvisionAsync(new ProvisionRequest(id, name, new ImageVersion("micro", "v1")), null, default)).Fault.ShouldBeNull();
        await using var house = await StartAsync();
        var pool = await house.PoolAsync();
        (pool.DisplayName, pool.Spare, pool.Maximum, pool.PostSyncTimeoutSeconds).ShouldBe(("Desktops", 1, 3, 33));
        pool.PostSync.ShouldBe(["/bin/hello", "it's"]);
        (pool.Assignment, pool.Provisioning, pool.Attempts, pool.KeptVersions.Count).ShouldBe((PoolAssignment.Floating, ProvisioningKind.Instant, 3, 0));
        var session = await house.OpenAsync("ann");
        (session.Id, session.Machine).ShouldBe(("s1", "p-1"));
        (await house.MachineAsync("p-2")).Id.ShouldBe("id2");
        Host.Destroyed.ShouldBeEmpty();
        (await house.ReadAsync(context => context.Machines.Single(m => m.Id == "id1").UsedBy)).ShouldBe("ann");
        await house.LogOffAsync(session);
        Host.Destroyed.ShouldBe(["id1"]);
        await house.LogOffAsync(await house.OpenAsync("ann"));
    }

    [Fact]
    public async Task Start_OnTheSameDatabaseAgain_ChangesNothing()
    {
        await MakeOldAsync();
        var first = await StartAsync();
        var pool = await first.PoolAsync();
        await first.DisposeAsync();
        await using var second = await StartAsync();
        (await second.PoolAsync()).DisplayName.ShouldBe(pool.DisplayName);
    }

    private Task MakeOldAsync() => TestDatabase.FillAsync(Root, async context =>
    {
        await context.GetService<IMigrator>().MigrateAsync("20261122000000_InitialSchema");
        await context.Database.ExecuteSqlRawAsync(Rows.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
    });
}
