using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mayfly.Control.Storage.Migrations;

/// <summary>What a house gives desktops beside settings.</summary>
[DbContext(typeof(MayflyDbContext))]
[Migration("20261128230000_Environments")]
internal sealed class Environments : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("environments", table => new
        {
            Name = table.Column<string>(maxLength: 63),
            Yaml = table.Column<string>(),
        }, constraints: table => table.PrimaryKey("PK_environments", e => e.Name));
        migrationBuilder.AddColumn<string>("Environment", "sessions", nullable: true);
        migrationBuilder.AddColumn<string>("Environment", "persona_predefined", maxLength: 63, nullable: true);
    }
}
