using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mayfly.Control.Storage.Migrations;

/// <summary>Settings that users begin with, or get in any case.</summary>
[DbContext(typeof(MayflyDbContext))]
[Migration("20261128193000_PredefinedSettings")]
internal sealed class PredefinedSettings : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("persona_predefined", table => new
        {
            Id = table.Column<string>(maxLength: 36),
            Config = table.Column<string>(maxLength: 63),
            Group = table.Column<string>(nullable: true),
            Pool = table.Column<string>(nullable: true),
            Enforced = table.Column<bool>(),
            From = table.Column<string>(maxLength: 63),
            SavedAt = table.Column<long>(),
            Bytes = table.Column<long>(),
            StoredBytes = table.Column<long>(),
            Sha256 = table.Column<string>(maxLength: 64),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_persona_predefined", p => p.Id);
            table.ForeignKey("FK_persona_predefined_groups_Group", p => p.Group, "groups", "Name", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_persona_predefined_pools_Pool", p => p.Pool, "pools", "Name", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_persona_predefined_Group", "persona_predefined", "Group");
        migrationBuilder.CreateIndex("IX_persona_predefined_Pool", "persona_predefined", "Pool");
    }
}
