using Mayfly.Control.Entitlements;
using Mayfly.Control.Events;
using Mayfly.Control.Machines;
using Mayfly.Control.Pools;
using Mayfly.Control.Sessions;
using Mayfly.Control.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Mayfly.Control.Storage;

/// <summary>
/// The house's database. To change the schema: change a row and its shape here, add a migration beside the others by hand, and bring
/// the model snapshot in line; a test compares all three. Column types are left to the provider.
/// </summary>
public sealed class MayflyDbContext(DbContextOptions<MayflyDbContext> options) : DbContext(options)
{
    public DbSet<UserRow> Users => Set<UserRow>();

    public DbSet<SignInRow> SignIns => Set<SignInRow>();

    public DbSet<ApiTokenRow> ApiTokens => Set<ApiTokenRow>();

    public DbSet<PoolRow> Pools => Set<PoolRow>();

    public DbSet<EntitlementRow> Entitlements => Set<EntitlementRow>();

    public DbSet<MachineRow> Machines => Set<MachineRow>();

    public DbSet<SessionRow> Sessions => Set<SessionRow>();

    public DbSet<EventRow> Events => Set<EventRow>();

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        // Whole numbers compare and sort alike on every database; SQLite's own form of a time does not.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ShapeUsers(modelBuilder);
        ShapePools(modelBuilder);
        ShapeMachines(modelBuilder);
        modelBuilder.Entity<EventRow>(row =>
        {
            row.ToTable("events").HasKey(e => e.Id);
            row.Property(e => e.Id).ValueGeneratedOnAdd();
            row.Property(e => e.Level).HasMaxLength(16);
            row.Property(e => e.Kind).HasMaxLength(64);
        });
    }

    private static void ShapeUsers(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<UserRow>(row =>
        {
            row.ToTable("users").HasKey(u => u.Name);
            row.Property(u => u.Name).HasMaxLength(63);
        });
        modelBuilder.Entity<SignInRow>(row =>
        {
            row.ToTable("sign_ins").HasKey(s => s.Id);
            row.Property(s => s.Id).HasMaxLength(64);
            row.HasOne<UserRow>().WithMany().HasForeignKey(s => s.User).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<ApiTokenRow>(row =>
        {
            row.ToTable("api_tokens").HasKey(t => t.Id);
            row.Property(t => t.Id).HasMaxLength(64);
            row.HasOne<UserRow>().WithMany().HasForeignKey(t => t.User).OnDelete(DeleteBehavior.Cascade);
        });
    }

    private static void ShapePools(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<PoolRow>(row =>
        {
            row.ToTable("pools").HasKey(p => p.Name);
            row.Property(p => p.Name).HasMaxLength(63);
        });
        modelBuilder.Entity<EntitlementRow>(row =>
        {
            row.ToTable("entitlements").HasKey(e => new { e.Pool, e.User });
            row.HasOne<PoolRow>().WithMany().HasForeignKey(e => e.Pool).OnDelete(DeleteBehavior.Cascade);
            row.HasOne<UserRow>().WithMany().HasForeignKey(e => e.User).OnDelete(DeleteBehavior.Cascade);
        });
    }

    private static void ShapeMachines(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<MachineRow>(row =>
        {
            row.ToTable("machines").HasKey(m => m.Id);
            row.Property(m => m.Id).HasMaxLength(64);
            row.Property(m => m.Name).HasMaxLength(63);
            row.Property(m => m.State).HasConversion<string>().HasMaxLength(32);
            row.HasIndex(m => m.Name).IsUnique();
            row.HasOne<PoolRow>().WithMany().HasForeignKey(m => m.Pool).OnDelete(DeleteBehavior.Restrict);
        });
        modelBuilder.Entity<SessionRow>(row =>
        {
            row.ToTable("sessions").HasKey(s => s.Id);
            row.Property(s => s.Id).HasMaxLength(64);
            row.Property(s => s.EndedBy).HasMaxLength(32);
            row.HasIndex(s => s.MachineId).IsUnique();
            row.HasIndex(s => new { s.User, s.Pool }).IsUnique().HasFilter("\"EndedAt\" IS NULL");
        });
    }

    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        time => time.ToUnixTimeMilliseconds(), number => DateTimeOffset.FromUnixTimeMilliseconds(number));
}
