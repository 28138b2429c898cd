using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mayfly.Control.Storage.Migrations;

/// <summary>An authority of the house that can be exchanged.</summary>
[DbContext(typeof(MayflyDbContext))]
[Migration("20261129190000_AuthorityExchanges")]
internal sealed class AuthorityExchanges : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<string>("Stage", "house_authority", maxLength: 16, nullable: false, defaultValue: "Signing");
}
