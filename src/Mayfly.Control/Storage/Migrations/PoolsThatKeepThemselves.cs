using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mayfly.Control.Storage.Migrations;

/// <summary>Pools get settings, kept versions, a canary and pushes; machines get owners and a past. A pool's plain columns become its settings.</summary>
[DbContext(typeof(MayflyDbContext))]
[Migration("20261124000000_PoolsThatKeepThemselves")]
internal sealed class PoolsThatKeepThemselves : Migration
{
    private static readonly string[] Settled = ["DisplayName", "Spare", "Maximum", "PostSync", "PostSyncTimeoutSeconds"];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ChangePools(migrationBuilder);
        ChangeMachines(migrationBuilder);
        CreatePushes(migrationBuilder);
        migrationBuilder.DropIndex("IX_sessions_MachineId", "sessions");
        migrationBuilder.CreateIndex("IX_sessions_MachineId", "sessions", "MachineId", unique: true, filter: "\"EndedAt\" IS NULL");
    }

    private static void ChangePools(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("Assignment", "pools", maxLength: 16, defaultValue: "Floating");
        migrationBuilder.AddColumn<string>("Provisioning", "pools", maxLength: 16, defaultValue: "Instant");
        migrationBuilder.AddColumn<string>("Settings", "pools", defaultValue: "{}");
        migrationBuilder.AddColumn<string>("KeptVersions", "pools", defaultValue: "[]");
        migrationBuilder.AddColumn<string>("CanaryMachines", "pools", defaultValue: "[]");
        migrationBuilder.AddColumn<string>("CanaryVersion", "pools", nullable: true);
        migrationBuilder.AddColumn<string>("StoppedBy", "pools", nullable: true);
        var (record, list) = migrationBuilder.IsSqlite() ? ("json_object", "json(\"PostSync\")") : ("json_build_object", "\"PostSync\"::json");
        migrationBuilder.Sql($"""
            UPDATE "pools" SET "Settings" = {record}(
                'displayName', "DisplayName", 'spare', "Spare", 'maximum', "Maximum",
                'postSync', {list}, 'postSyncTimeoutSeconds', "PostSyncTimeoutSeconds");
            """);
        // In plain SQL: the migrations library would rebuild the whole table for it.
        foreach (var column in Settled) migrationBuilder.Sql($"ALTER TABLE \"pools\" DROP COLUMN \"{column}\";");
    }

    private static void ChangeMachines(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<long>("RefreshedAt", "machines", nullable: true);
        migrationBuilder.AddColumn<long>("ReadyAt", "machines", nullable: true);
        migrationBuilder.AddColumn<long>("UnreachableSince", "machines", nullable: true);
        migrationBuilder.AddColumn<string>("Owner", "machines", nullable: true);
        migrationBuilder.AddColumn<string>("UsedBy", "machines", nullable: true);
        migrationBuilder.AddColumn<bool>("Extra", "machines", defaultValue: false);
        migrationBuilder.AddColumn<bool>("Remake", "machines", defaultValue: false);
        migrationBuilder.AddColumn<int>("FailedAttempts", "machines", defaultValue: 0);
        // Whoever has a machine now has had it.
        migrationBuilder.Sql("UPDATE \"machines\" SET \"UsedBy\" = \"User\";");
    }

    private static void CreatePushes(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("pushes", table => new
        {
            Id = table.Column<string>(maxLength: 64),
            Pool = table.Column<string>(maxLength: 63),
            Image = table.Column<string>(),
            FromVersion = table.Column<string>(),
            ToVersion = table.Column<string>(),
            State = table.Column<string>(maxLength: 16),
            InUse = table.Column<string>(maxLength: 16),
            GraceSeconds = table.Column<int>(),
            Warning = table.Column<string>(nullable: true),
            StartAt = table.Column<long>(),
            ForceAt = table.Column<long>(nullable: true),
            ErrorThresholdPercent = table.Column<int>(),
            Total = table.Column<int>(),
            Failed = table.Column<int>(),
            OperationId = table.Column<string>(nullable: true),
            Actor = table.Column<string>(),
            AskedAt = table.Column<long>(),
            FinishedAt = table.Column<long>(nullable: true),
            Fault = table.Column<string>(nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_pushes", p => p.Id);
            table.ForeignKey("FK_pushes_pools_Pool", p => p.Pool, "pools", "Name", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_pushes_Pool", "pushes", "Pool", unique: true, filter: "\"FinishedAt\" IS NULL");
        migrationBuilder.CreateTable("retired_images", table => new
        {
            Image = table.Column<string>(),
            Version = table.Column<string>(),
        }, constraints: table => table.PrimaryKey("PK_retired_images", r => new { r.Image, r.Version }));
    }
}
