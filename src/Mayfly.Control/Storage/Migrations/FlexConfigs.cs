using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mayfly.Control.Storage.Migrations;

/// <summary>Flex configs that were made in this house.</summary>
[DbContext(typeof(MayflyDbContext))]
[Migration("20261128170000_FlexConfigs")]
internal sealed class FlexConfigs : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateTable("flex_configs", table => new
        {
            Name = table.Column<string>(maxLength: 63),
            Yaml = table.Column<string>(),
        }, constraints: table => table.PrimaryKey("PK_flex_configs", c => c.Name));
}
