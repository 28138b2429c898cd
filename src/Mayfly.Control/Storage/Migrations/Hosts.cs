using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mayfly.Control.Storage.Migrations;

/// <summary>A house of many hosts.</summary>
[DbContext(typeof(MayflyDbContext))]
[Migration("20261129150000_Hosts")]
internal sealed class Hosts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("hosts", table => new
        {
            Name = table.Column<string>(maxLength: 63),
            Address = table.Column<string>(nullable: true),
            Maintenance = table.Column<bool>(),
            JoinedAt = table.Column<long>(),
        }, constraints: table => table.PrimaryKey("PK_hosts", h => h.Name));
        migrationBuilder.CreateTable("house_authority", table => new
        {
            Id = table.Column<int>(),
            Pem = table.Column<string>(),
        }, constraints: table => table.PrimaryKey("PK_house_authority", a => a.Id));
        migrationBuilder.AddColumn<string>("Host", "machines", maxLength: 63, nullable: true);
        migrationBuilder.AddColumn<string>("Host", "volumes", maxLength: 63, nullable: true);
    }
}
