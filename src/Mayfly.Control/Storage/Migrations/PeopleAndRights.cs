using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mayfly.Control.Storage.Migrations;

/// <summary>Users get groups, roles, directories and a second factor; sessions a story; events what was before and after. An administrator becomes one by role.</summary>
[DbContext(typeof(MayflyDbContext))]
[Migration("20261124180000_PeopleAndRights")]
internal sealed class PeopleAndRights : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ChangeUsers(migrationBuilder);
        CreateHouse(migrationBuilder);
        CreateGroups(migrationBuilder);
        CreateGrants(migrationBuilder);
        ChangeSessions(migrationBuilder);
        foreach (var text in new[] { "User", "Before", "After" }) migrationBuilder.AddColumn<string>(text, "events", nullable: true);
        var id = migrationBuilder.IsSqlite() ? "lower(hex(randomblob(16)))" : "replace(gen_random_uuid()::text, '-', '')";
        migrationBuilder.Sql($"""
            INSERT INTO "role_grants" ("Id", "Role", "User")
            SELECT {id}, 'Administrator', "Name" FROM "users" WHERE "Administrator";
            """);
        // In plain SQL: the migrations library would rebuild the whole table for it.
        migrationBuilder.Sql("ALTER TABLE \"users\" DROP COLUMN \"Administrator\";");
    }

    private static void ChangeUsers(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("Source", "users", maxLength: 63, defaultValue: "local");
        migrationBuilder.AddColumn<string>("RecoveryCodes", "users", defaultValue: "[]");
        migrationBuilder.AddColumn<string>("ExternalId", "users", nullable: true);
        migrationBuilder.AddColumn<string>("FactorSecret", "users", nullable: true);
        migrationBuilder.AddColumn<bool>("Enabled", "users", defaultValue: true);
        migrationBuilder.AddColumn<bool>("FactorConfirmed", "users", defaultValue: false);
        migrationBuilder.AddColumn<long>("FactorStep", "users", defaultValue: 0L);
        migrationBuilder.AddColumn<long>("LastSignInAt", "users", nullable: true);
        migrationBuilder.CreateIndex("IX_users_Source_ExternalId", "users", ["Source", "ExternalId"], unique: true, filter: "\"ExternalId\" IS NOT NULL");
        foreach (var text in new[] { "Address", "Client" }) migrationBuilder.AddColumn<string>(text, "sign_ins", nullable: true);
        foreach (var moment in new[] { "ExpiresAt", "LastUsedAt" }) migrationBuilder.AddColumn<long>(moment, "api_tokens", nullable: true);
    }

    private static void CreateHouse(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("settings", table => new
        {
            Id = table.Column<int>(),
            Settings = table.Column<string>(),
        }, constraints: table => table.PrimaryKey("PK_settings", s => s.Id));
        migrationBuilder.CreateTable("directories", table => new
        {
            Name = table.Column<string>(maxLength: 63),
            Kind = table.Column<string>(maxLength: 16),
            Settings = table.Column<string>(),
            CreatedAt = table.Column<long>(),
        }, constraints: table => table.PrimaryKey("PK_directories", d => d.Name));
        migrationBuilder.CreateTable("idempotency_keys", table => new
        {
            Id = table.Column<string>(maxLength: 64),
            Request = table.Column<string>(maxLength: 64),
            Status = table.Column<int>(),
            Location = table.Column<string>(nullable: true),
            Body = table.Column<byte[]>(),
            At = table.Column<long>(),
        }, constraints: table => table.PrimaryKey("PK_idempotency_keys", i => i.Id));
    }

    private static void CreateGroups(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("groups", table => new
        {
            Name = table.Column<string>(maxLength: 63),
            DisplayName = table.Column<string>(),
            Directory = table.Column<string>(maxLength: 63, nullable: true),
            ExternalName = table.Column<string>(nullable: true),
            CreatedAt = table.Column<long>(),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_groups", g => g.Name);
            table.ForeignKey("FK_groups_directories_Directory", g => g.Directory, "directories", "Name", onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("IX_groups_Directory", "groups", "Directory");
        migrationBuilder.CreateTable("group_members", table => new
        {
            Group = table.Column<string>(maxLength: 63),
            User = table.Column<string>(maxLength: 63),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_group_members", m => new { m.Group, m.User });
            table.ForeignKey("FK_group_members_groups_Group", m => m.Group, "groups", "Name", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_group_members_users_User", m => m.User, "users", "Name", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_group_members_User", "group_members", "User");
        migrationBuilder.CreateTable("group_entitlements", table => new
        {
            Pool = table.Column<string>(maxLength: 63),
            Group = table.Column<string>(maxLength: 63),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_group_entitlements", e => new { e.Pool, e.Group });
            table.ForeignKey("FK_group_entitlements_pools_Pool", e => e.Pool, "pools", "Name", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_group_entitlements_groups_Group", e => e.Group, "groups", "Name", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_group_entitlements_Group", "group_entitlements", "Group");
    }

    private static void CreateGrants(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("role_grants", table => new
        {
            Id = table.Column<string>(maxLength: 64),
            Role = table.Column<string>(maxLength: 32),
            User = table.Column<string>(maxLength: 63, nullable: true),
            Group = table.Column<string>(maxLength: 63, nullable: true),
            Pool = table.Column<string>(maxLength: 63, nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_role_grants", g => g.Id);
            table.ForeignKey("FK_role_grants_users_User", g => g.User, "users", "Name", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_role_grants_groups_Group", g => g.Group, "groups", "Name", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_role_grants_pools_Pool", g => g.Pool, "pools", "Name", onDelete: ReferentialAction.Cascade);
        });
        foreach (var column in new[] { "User", "Group", "Pool" }) migrationBuilder.CreateIndex($"IX_role_grants_{column}", "role_grants", column);
    }

    private static void ChangeSessions(MigrationBuilder migrationBuilder)
    {
        foreach (var moment in new[] { "ConnectedAt", "DisconnectedAt", "LastInputAt" }) migrationBuilder.AddColumn<long>(moment, "sessions", nullable: true);
        migrationBuilder.AddColumn<string>("ClientAddress", "sessions", nullable: true);
        migrationBuilder.AddColumn<string>("Client", "sessions", maxLength: 16, nullable: true);
        migrationBuilder.AddColumn<string>("Timeline", "sessions", defaultValue: "[]");
        migrationBuilder.AddColumn<string>("Message", "sessions", nullable: true);
    }
}
