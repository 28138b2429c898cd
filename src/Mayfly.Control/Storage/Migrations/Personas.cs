using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mayfly.Control.Storage.Migrations;

/// <summary>Archives of users' personas, and what of them a session has.</summary>
[DbContext(typeof(MayflyDbContext))]
[Migration("20261127190000_Personas")]
internal sealed class Personas : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("persona_archives", table => new
        {
            Id = table.Column<string>(maxLength: 36),
            User = table.Column<string>(maxLength: 63),
            Config = table.Column<string>(maxLength: 63),
            SavedAt = table.Column<long>(),
            Machine = table.Column<string>(),
            Bytes = table.Column<long>(),
            StoredBytes = table.Column<long>(),
            Sha256 = table.Column<string>(maxLength: 64),
            State = table.Column<string>(maxLength: 16),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_persona_archives", a => a.Id);
            table.ForeignKey("FK_persona_archives_users_User", a => a.User, "users", "Name", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_persona_archives_User_Config", "persona_archives", ["User", "Config"], unique: true, filter: "\"State\" = 'Current'");
        migrationBuilder.AddColumn<string>("Persona", "sessions", nullable: true);
        migrationBuilder.AddColumn<bool>("PersonaOpen", "sessions", defaultValue: false);
        migrationBuilder.CreateIndex("IX_sessions_User", "sessions", "User", unique: true, filter: "\"PersonaOpen\"");
    }
}
