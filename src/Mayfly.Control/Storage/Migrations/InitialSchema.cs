using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace Mayfly.Control.Storage.Migrations;

[DbContext(typeof(MayflyDbContext))]
[Migration("20261122000000_InitialSchema")]
internal sealed class InitialSchema : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        CreateUsers(migrationBuilder);
        CreatePools(migrationBuilder);
        CreateMachines(migrationBuilder);
        migrationBuilder.CreateTable("events", table => new
        {
            Id = table.Column<long>().Annotation("Sqlite:Autoincrement", true).Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
            At = table.Column<long>(),
            Level = table.Column<string>(maxLength: 16),
            Kind = table.Column<string>(maxLength: 64),
            Message = table.Column<string>(),
            Actor = table.Column<string>(nullable: true),
            Pool = table.Column<string>(nullable: true),
            Machine = table.Column<string>(nullable: true),
        }, constraints: table => table.PrimaryKey("PK_events", e => e.Id));
    }

    private static void CreateUsers(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("users", table => new
        {
            Name = table.Column<string>(maxLength: 63),
            DisplayName = table.Column<string>(),
            PasswordHash = table.Column<string>(),
            Administrator = table.Column<bool>(),
            CreatedAt = table.Column<long>(),
        }, constraints: table => table.PrimaryKey("PK_users", u => u.Name));
        migrationBuilder.CreateTable("sign_ins", table => new
        {
            Id = table.Column<string>(maxLength: 64),
            User = table.Column<string>(maxLength: 63),
            CreatedAt = table.Column<long>(),
            LastSeenAt = table.Column<long>(),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_sign_ins", s => s.Id);
            table.ForeignKey("FK_sign_ins_users_User", s => s.User, "users", "Name", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateTable("api_tokens", table => new
        {
            Id = table.Column<string>(maxLength: 64),
            User = table.Column<string>(maxLength: 63),
            Label = table.Column<string>(),
            CreatedAt = table.Column<long>(),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_api_tokens", t => t.Id);
            table.ForeignKey("FK_api_tokens_users_User", t => t.User, "users", "Name", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_sign_ins_User", "sign_ins", "User");
        migrationBuilder.CreateIndex("IX_api_tokens_User", "api_tokens", "User");
    }

    private static void CreatePools(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("pools", table => new
        {
            Name = table.Column<string>(maxLength: 63),
            DisplayName = table.Column<string>(),
            Image = table.Column<string>(),
            Version = table.Column<string>(),
            Spare = table.Column<int>(),
            Maximum = table.Column<int>(),
            NamePattern = table.Column<string>(),
            PostSync = table.Column<string>(),
            PostSyncTimeoutSeconds = table.Column<int>(),
            CreatedAt = table.Column<long>(),
            Deleting = table.Column<bool>(),
        }, constraints: table => table.PrimaryKey("PK_pools", p => p.Name));
        migrationBuilder.CreateTable("entitlements", table => new
        {
            Pool = table.Column<string>(maxLength: 63),
            User = table.Column<string>(maxLength: 63),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_entitlements", e => new { e.Pool, e.User });
            table.ForeignKey("FK_entitlements_pools_Pool", e => e.Pool, "pools", "Name", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_entitlements_users_User", e => e.User, "users", "Name", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_entitlements_User", "entitlements", "User");
    }

    private static void CreateMachines(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("machines", table => new
        {
            Id = table.Column<string>(maxLength: 64),
            Name = table.Column<string>(maxLength: 63),
            Pool = table.Column<string>(maxLength: 63),
            State = table.Column<string>(maxLength: 32),
            Image = table.Column<string>(),
            Version = table.Column<string>(),
            CreatedAt = table.Column<long>(),
            User = table.Column<string>(nullable: true),
            Address = table.Column<string>(nullable: true),
            Mac = table.Column<string>(nullable: true),
            ProcessId = table.Column<int>(nullable: true),
            ShellReady = table.Column<bool>(nullable: true),
            RunningMs = table.Column<double>(nullable: true),
            ReadyMs = table.Column<double>(nullable: true),
            Fault = table.Column<string>(nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_machines", m => m.Id);
            table.ForeignKey("FK_machines_pools_Pool", m => m.Pool, "pools", "Name", onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateTable("sessions", table => new
        {
            Id = table.Column<string>(maxLength: 64),
            Pool = table.Column<string>(),
            MachineId = table.Column<string>(),
            Machine = table.Column<string>(),
            User = table.Column<string>(),
            StartedAt = table.Column<long>(),
            EndedAt = table.Column<long>(nullable: true),
            EndedBy = table.Column<string>(maxLength: 32, nullable: true),
            Connected = table.Column<bool>(),
        }, constraints: table => table.PrimaryKey("PK_sessions", s => s.Id));
        migrationBuilder.CreateIndex("IX_machines_Name", "machines", "Name", unique: true);
        migrationBuilder.CreateIndex("IX_machines_Pool", "machines", "Pool");
        migrationBuilder.CreateIndex("IX_sessions_MachineId", "sessions", "MachineId", unique: true);
        migrationBuilder.CreateIndex("IX_sessions_User_Pool", "sessions", ["User", "Pool"], unique: true, filter: "\"EndedAt\" IS NULL");
    }
}
