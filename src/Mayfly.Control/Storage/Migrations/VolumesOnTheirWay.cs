using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mayfly.Control.Storage.Migrations;

/// <summary>Volumes of which it is not known whether they have arrived on a host.</summary>
[DbContext(typeof(MayflyDbContext))]
[Migration("20261129201500_VolumesOnTheirWay")]
internal sealed class VolumesOnTheirWay : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.AddColumn<bool>("OnItsWay", "volumes", nullable: false, defaultValue: false);
}
