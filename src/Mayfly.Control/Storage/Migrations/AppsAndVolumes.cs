using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mayfly.Control.Storage.Migrations;

/// <summary>Applications with their packages, who gets them, and how they are captured; users' writable volumes; what of both a session has.</summary>
[DbContext(typeof(MayflyDbContext))]
[Migration("20261126090000_AppsAndVolumes")]
internal sealed class AppsAndVolumes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        CreateApps(migrationBuilder);
        CreateAssignments(migrationBuilder);
        CreateCaptures(migrationBuilder);
        CreateVolumes(migrationBuilder);
        migrationBuilder.AddColumn<string>("Apps", "sessions", defaultValue: "[]");
        migrationBuilder.AddColumn<string>("Volume", "sessions", maxLength: 36, nullable: true);
        migrationBuilder.AddColumn<string>("VolumeFault", "sessions", nullable: true);
        migrationBuilder.AddColumn<bool>("Attaching", "sessions", defaultValue: false);
    }

    private static void CreateApps(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("apps", table => new
        {
            Name = table.Column<string>(maxLength: 63),
            DisplayName = table.Column<string>(),
            Description = table.Column<string>(),
            Precedence = table.Column<int>(),
            Current = table.Column<string>(maxLength: 63, nullable: true),
            CreatedAt = table.Column<long>(),
        }, constraints: table => table.PrimaryKey("PK_apps", a => a.Name));
        migrationBuilder.CreateTable("packages", table => new
        {
            Id = table.Column<string>(maxLength: 36),
            App = table.Column<string>(maxLength: 63),
            Version = table.Column<string>(maxLength: 63),
            Stage = table.Column<string>(maxLength: 16),
            Base = table.Column<string>(nullable: true),
            CreatedBy = table.Column<string>(nullable: true),
            CreatedAt = table.Column<long>(),
            Manifest = table.Column<string>(),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_packages", p => p.Id);
            table.ForeignKey("FK_packages_apps_App", p => p.App, "apps", "Name", onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("IX_packages_App_Version", "packages", ["App", "Version"], unique: true);
    }

    private static void CreateAssignments(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("app_assignments", table => new
        {
            Id = table.Column<string>(maxLength: 64),
            App = table.Column<string>(maxLength: 63),
            Version = table.Column<string>(maxLength: 63, nullable: true),
            User = table.Column<string>(maxLength: 63, nullable: true),
            Group = table.Column<string>(maxLength: 63, nullable: true),
            Pool = table.Column<string>(maxLength: 63, nullable: true),
            Delivery = table.Column<string>(maxLength: 16),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_app_assignments", a => a.Id);
            table.ForeignKey("FK_app_assignments_apps_App", a => a.App, "apps", "Name", onDelete: ReferentialAction.Restrict);
            table.ForeignKey("FK_app_assignments_users_User", a => a.User, "users", "Name", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_app_assignments_groups_Group", a => a.Group, "groups", "Name", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_app_assignments_pools_Pool", a => a.Pool, "pools", "Name", onDelete: ReferentialAction.Cascade);
        });
        foreach (var column in new[] { "App", "User", "Group", "Pool" }) migrationBuilder.CreateIndex($"IX_app_assignments_{column}", "app_assignments", column);
    }

    private static void CreateCaptures(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("captures", table => new
        {
            Id = table.Column<string>(maxLength: 64),
            App = table.Column<string>(maxLength: 63),
            Version = table.Column<string>(),
            Image = table.Column<string>(),
            ImageVersion = table.Column<string>(),
            MachineId = table.Column<string>(maxLength: 64),
            PackageId = table.Column<string>(),
            Request = table.Column<string>(),
            State = table.Column<string>(maxLength: 16),
            StartedBy = table.Column<string>(nullable: true),
            StartedAt = table.Column<long>(),
            EndedAt = table.Column<long>(nullable: true),
            Fault = table.Column<string>(nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_captures", c => c.Id);
            table.ForeignKey("FK_captures_apps_App", c => c.App, "apps", "Name", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_captures_App", "captures", "App");
    }

    private static void CreateVolumes(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("volumes", table => new
        {
            Id = table.Column<string>(maxLength: 36),
            User = table.Column<string>(maxLength: 63),
            Os = table.Column<string>(maxLength: 63),
            Kind = table.Column<string>(maxLength: 16),
            SizeMib = table.Column<int>(),
            Enabled = table.Column<bool>(),
            Made = table.Column<bool>(),
            MachineId = table.Column<string>(maxLength: 64, nullable: true),
            Machine = table.Column<string>(nullable: true),
            Pool = table.Column<string>(nullable: true),
            CreatedAt = table.Column<long>(),
            AttachedAt = table.Column<long>(nullable: true),
        }, constraints: table => table.PrimaryKey("PK_volumes", v => v.Id));
        migrationBuilder.CreateIndex("IX_volumes_MachineId", "volumes", "MachineId", unique: true, filter: "\"MachineId\" IS NOT NULL");
        migrationBuilder.CreateIndex("IX_volumes_User_Os", "volumes", ["User", "Os"], unique: true);
    }
}
