using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mayfly.Control.Storage.Migrations;

/// <summary>Workspaces: what people get, said in one place.</summary>
[DbContext(typeof(MayflyDbContext))]
[Migration("20261128190000_Workspaces")]
internal sealed class Workspaces : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateTable("workspaces", table => new
        {
            Name = table.Column<string>(maxLength: 63),
            Workspace = table.Column<string>(),
        }, constraints: table => table.PrimaryKey("PK_workspaces", w => w.Name));
}
