using Mayfly.Control.Access;
using Mayfly.Control.Apps;
using Mayfly.Control.Captures;
using Mayfly.Control.Entitlements;
using Mayfly.Control.Environments;
using Mayfly.Control.Events;
using Mayfly.Control.Groups;
using Mayfly.Control.Hosts;
using Mayfly.Control.Idempotency;
using Mayfly.Control.Machines;
using Mayfly.Control.Personas;
using Mayfly.Control.Pools;
using Mayfly.Control.Pushing;
using Mayfly.Control.Sessions;
using Mayfly.Control.Settings;
using Mayfly.Control.Users;
using Mayfly.Control.Volumes;
using Mayfly.Control.Workspaces;
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

    public DbSet<GroupRow> Groups => Set<GroupRow>();

    public DbSet<GroupMemberRow> GroupMembers => Set<GroupMemberRow>();

    public DbSet<RoleGrantRow> RoleGrants => Set<RoleGrantRow>();

    public DbSet<DirectoryRow> Directories => Set<DirectoryRow>();

    public DbSet<HostRow> Hosts => Set<HostRow>();

    public DbSet<AuthorityRow> Authorities => Set<AuthorityRow>();

    public DbSet<SettingsRow> Settings => Set<SettingsRow>();

    public DbSet<IdempotencyRow> IdempotencyKeys => Set<IdempotencyRow>();

    public DbSet<PoolRow> Pools => Set<PoolRow>();

    public DbSet<EntitlementRow> Entitlements => Set<EntitlementRow>();

    public DbSet<GroupEntitlementRow> GroupEntitlements => Set<GroupEntitlementRow>();

    public DbSet<MachineRow> Machines => Set<MachineRow>();

    public DbSet<PushRow> Pushes => Set<PushRow>();

    public DbSet<RetiredImageRow> RetiredImages => Set<RetiredImageRow>();

    public DbSet<SessionRow> Sessions => Set<SessionRow>();

    public DbSet<AppRow> Apps => Set<AppRow>();

    public DbSet<PackageRow> Packages => Set<PackageRow>();

    public DbSet<AssignmentRow> Assignments => Set<AssignmentRow>();

    public DbSet<CaptureRow> Captures => Set<CaptureRow>();

    public DbSet<VolumeRow> Volumes => Set<VolumeRow>();

    public DbSet<PersonaArchiveRow> PersonaArchives => Set<PersonaArchiveRow>();

    public DbSet<PredefinedRow> Predefined => Set<PredefinedRow>();

    public DbSet<FlexConfigRow> FlexConfigs => Set<FlexConfigRow>();

    public DbSet<EnvironmentRow> Environments => Set<EnvironmentRow>();

    public DbSet<WorkspaceRow> Workspaces => Set<WorkspaceRow>();

    public DbSet<EventRow> Events => Set<EventRow>();

    /// <summary>What is done once the transaction this context writes in is committed. Must not throw.</summary>
    internal List<Action> AfterCommit { get; private set; } = [];

    /// <summary>Done once this context is disposed.</summary>
    internal Action? Released { get; set; }

    /// <inheritdoc/>
    public override void Dispose()
    {
        var released = Forget();
        base.Dispose();
        released?.Invoke();
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        var released = Forget();
        await base.DisposeAsync();
        released?.Invoke();
    }

    /// <summary>Contexts are used again: once disposed this one may be somebody else's already, so nothing of it is touched after that.</summary>
    private Action? Forget()
    {
        var released = Released;
        (Released, AfterCommit) = (null, []);
        return released;
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        // Whole numbers compare and sort alike on every database; SQLite's own form of a time does not.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ShapeUsers(modelBuilder);
        ShapeAccess(modelBuilder);
        ShapeHouse(modelBuilder);
        ShapeHosts(modelBuilder);
        ShapePools(modelBuilder);
        ShapeMachines(modelBuilder);
        ShapeApps(modelBuilder);
        ShapeVolumes(modelBuilder);
        ShapePersonas(modelBuilder);
        ShapePredefined(modelBuilder);
        ShapeFlexConfigs(modelBuilder);
        ShapeEnvironments(modelBuilder);
        ShapeWorkspaces(modelBuilder);
        LikePattern.Map(modelBuilder);
    }

    private static void ShapeUsers(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<UserRow>(row =>
        {
            row.ToTable("users").HasKey(u => u.Name);
            row.Property(u => u.Name).HasMaxLength(63);
            row.Property(u => u.Source).HasMaxLength(63);
            row.Property(u => u.RecoveryCodes).StoredAsJson();
            row.HasIndex(u => new { u.Source, u.ExternalId }).IsUnique().HasFilter("\"ExternalId\" IS NOT NULL");
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

    private static void ShapeAccess(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<GroupRow>(row =>
        {
            row.ToTable("groups").HasKey(g => g.Name);
            row.Property(g => g.Name).HasMaxLength(63);
            row.Property(g => g.Directory).HasMaxLength(63);
            row.HasOne<DirectoryRow>().WithMany().HasForeignKey(g => g.Directory).OnDelete(DeleteBehavior.Restrict);
        });
        modelBuilder.Entity<GroupMemberRow>(row =>
        {
            row.ToTable("group_members").HasKey(m => new { m.Group, m.User });
            row.HasOne<GroupRow>().WithMany().HasForeignKey(m => m.Group).OnDelete(DeleteBehavior.Cascade);
            row.HasOne<UserRow>().WithMany().HasForeignKey(m => m.User).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<RoleGrantRow>(row =>
        {
            row.ToTable("role_grants").HasKey(g => g.Id);
            row.Property(g => g.Id).HasMaxLength(64);
            row.Property(g => g.Role).HasConversion<string>().HasMaxLength(32);
            row.HasOne<UserRow>().WithMany().HasForeignKey(g => g.User).OnDelete(DeleteBehavior.Cascade);
            row.HasOne<GroupRow>().WithMany().HasForeignKey(g => g.Group).OnDelete(DeleteBehavior.Cascade);
            row.HasOne<PoolRow>().WithMany().HasForeignKey(g => g.Pool).OnDelete(DeleteBehavior.Cascade);
        });
    }

    private static void ShapeHouse(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<SettingsRow>(row =>
        {
            row.ToTable("settings").HasKey(s => s.Id);
            row.Property(s => s.Id).ValueGeneratedNever();
            row.Property(s => s.Settings).StoredAsJson();
        });
        modelBuilder.Entity<DirectoryRow>(row =>
        {
            row.ToTable("directories").HasKey(d => d.Name);
            row.Ignore(d => d.Ldap).Ignore(d => d.OpenId);
            row.Property(d => d.Name).HasMaxLength(63);
            row.Property(d => d.Kind).HasMaxLength(16);
        });
        modelBuilder.Entity<IdempotencyRow>(row =>
        {
            row.ToTable("idempotency_keys").HasKey(i => i.Id);
            row.Property(i => i.Id).HasMaxLength(64);
            row.Property(i => i.Request).HasMaxLength(64);
        });
        modelBuilder.Entity<EventRow>(row =>
        {
            row.ToTable("events").HasKey(e => e.Id);
            row.Property(e => e.Id).ValueGeneratedOnAdd();
            row.Property(e => e.Level).HasMaxLength(16);
            row.Property(e => e.Kind).HasMaxLength(64);
        });
    }

    private static void ShapePools(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<PoolRow>(row =>
        {
            row.ToTable("pools").HasKey(p => p.Name);
            row.Property(p => p.Name).HasMaxLength(63);
            row.Property(p => p.Assignment).HasConversion<string>().HasMaxLength(16);
            row.Property(p => p.Provisioning).HasConversion<string>().HasMaxLength(16);
            row.Property(p => p.Settings).StoredAsJson();
            row.Property(p => p.KeptVersions).StoredAsJson();
            row.Property(p => p.CanaryMachines).StoredAsJson();
        });
        modelBuilder.Entity<PushRow>(row =>
        {
            row.ToTable("pushes").HasKey(p => p.Id);
            row.Property(p => p.Id).HasMaxLength(64);
            row.Property(p => p.State).HasConversion<string>().HasMaxLength(16);
            row.Property(p => p.InUse).HasConversion<string>().HasMaxLength(16);
            row.HasIndex(p => p.Pool).IsUnique().HasFilter("\"FinishedAt\" IS NULL");
            row.HasOne<PoolRow>().WithMany().HasForeignKey(p => p.Pool).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<RetiredImageRow>(row => row.ToTable("retired_images").HasKey(r => new { r.Image, r.Version }));
        modelBuilder.Entity<EntitlementRow>(row =>
        {
            row.ToTable("entitlements").HasKey(e => new { e.Pool, e.User });
            row.HasOne<PoolRow>().WithMany().HasForeignKey(e => e.Pool).OnDelete(DeleteBehavior.Cascade);
            row.HasOne<UserRow>().WithMany().HasForeignKey(e => e.User).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<GroupEntitlementRow>(row =>
        {
            row.ToTable("group_entitlements").HasKey(e => new { e.Pool, e.Group });
            row.HasOne<PoolRow>().WithMany().HasForeignKey(e => e.Pool).OnDelete(DeleteBehavior.Cascade);
            row.HasOne<GroupRow>().WithMany().HasForeignKey(e => e.Group).OnDelete(DeleteBehavior.Cascade);
        });
    }

    private static void ShapeHosts(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<HostRow>(row =>
        {
            row.ToTable("hosts").HasKey(h => h.Name);
            row.Property(h => h.Name).HasMaxLength(63);
        });
        modelBuilder.Entity<AuthorityRow>(row =>
        {
            row.ToTable("house_authority").HasKey(a => a.Id);
            row.Property(a => a.Id).ValueGeneratedNever();
            row.Property(a => a.Stage).HasConversion<string>().HasMaxLength(16);
        });
    }

    private static void ShapeMachines(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<MachineRow>(row =>
        {
            row.ToTable("machines").HasKey(m => m.Id);
            row.Property(m => m.Id).HasMaxLength(64);
            row.Property(m => m.Name).HasMaxLength(63);
            row.Property(m => m.Host).HasMaxLength(63);
            row.Property(m => m.State).HasConversion<string>().HasMaxLength(32);
            row.HasIndex(m => m.Name).IsUnique();
            row.HasOne<PoolRow>().WithMany().HasForeignKey(m => m.Pool).OnDelete(DeleteBehavior.Restrict);
        });
        modelBuilder.Entity<SessionRow>(row =>
        {
            row.ToTable("sessions").HasKey(s => s.Id);
            row.Property(s => s.Id).HasMaxLength(64);
            row.Property(s => s.EndedBy).HasMaxLength(32);
            row.Property(s => s.Client).HasConversion<string>().HasMaxLength(16);
            row.Property(s => s.Timeline).StoredAsJson();
            row.Property(s => s.Message!).StoredAsJson();
            row.Property(s => s.Apps).StoredAsJson();
            row.Property(s => s.Volume).HasMaxLength(36);
            row.Property(s => s.VolumeFault!).StoredAsJson();
            row.Property(s => s.Persona!).StoredAsJson();
            row.Property(s => s.Environment!).StoredAsJson();
            row.HasIndex(s => s.MachineId).IsUnique().HasFilter("\"EndedAt\" IS NULL");
            row.HasIndex(s => new { s.User, s.Pool }).IsUnique().HasFilter("\"EndedAt\" IS NULL");
            // A persona is saved from one session at a time.
            row.HasIndex(s => s.User).IsUnique().HasFilter("\"PersonaOpen\"");
        });
    }

    private static void ShapeApps(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<AppRow>(row =>
        {
            row.ToTable("apps").HasKey(a => a.Name);
            row.Property(a => a.Name).HasMaxLength(63);
            row.Property(a => a.Current).HasMaxLength(63);
        });
        modelBuilder.Entity<PackageRow>(row =>
        {
            row.ToTable("packages").HasKey(p => p.Id);
            row.Property(p => p.Id).HasMaxLength(36);
            row.Property(p => p.Version).HasMaxLength(63);
            row.Property(p => p.Stage).HasConversion<string>().HasMaxLength(16);
            row.Property(p => p.Manifest).StoredAsJson();
            row.HasIndex(p => new { p.App, p.Version }).IsUnique();
            row.HasOne<AppRow>().WithMany().HasForeignKey(p => p.App).OnDelete(DeleteBehavior.Restrict);
        });
        modelBuilder.Entity<AssignmentRow>(row =>
        {
            row.ToTable("app_assignments").HasKey(a => a.Id);
            row.Property(a => a.Id).HasMaxLength(64);
            row.Property(a => a.Version).HasMaxLength(63);
            row.Property(a => a.Delivery).HasConversion<string>().HasMaxLength(16);
            row.HasOne<AppRow>().WithMany().HasForeignKey(a => a.App).OnDelete(DeleteBehavior.Restrict);
            row.HasOne<UserRow>().WithMany().HasForeignKey(a => a.User).OnDelete(DeleteBehavior.Cascade);
            row.HasOne<GroupRow>().WithMany().HasForeignKey(a => a.Group).OnDelete(DeleteBehavior.Cascade);
            row.HasOne<PoolRow>().WithMany().HasForeignKey(a => a.Pool).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<CaptureRow>(row =>
        {
            row.ToTable("captures").HasKey(c => c.Id);
            row.Property(c => c.Id).HasMaxLength(64);
            row.Property(c => c.MachineId).HasMaxLength(64);
            row.Property(c => c.State).HasConversion<string>().HasMaxLength(16);
            row.Property(c => c.Request).StoredAsJson();
            row.Property(c => c.Fault!).StoredAsJson();
            row.HasOne<AppRow>().WithMany().HasForeignKey(c => c.App).OnDelete(DeleteBehavior.Cascade);
        });
    }

    private static void ShapeVolumes(ModelBuilder modelBuilder) => modelBuilder.Entity<VolumeRow>(row =>
    {
        row.ToTable("volumes").HasKey(v => v.Id);
        row.Property(v => v.Id).HasMaxLength(36);
        row.Property(v => v.User).HasMaxLength(63);
        row.Property(v => v.Os).HasMaxLength(63);
        row.Property(v => v.Kind).HasConversion<string>().HasMaxLength(16);
        row.Property(v => v.MachineId).HasMaxLength(64);
        row.Property(v => v.Host).HasMaxLength(63);
        // A machine has one volume, and a user has one for each operating system.
        row.HasIndex(v => v.MachineId).IsUnique().HasFilter("\"MachineId\" IS NOT NULL");
        row.HasIndex(v => new { v.User, v.Os }).IsUnique();
    });

    private static void ShapePersonas(ModelBuilder modelBuilder) => modelBuilder.Entity<PersonaArchiveRow>(row =>
    {
        row.ToTable("persona_archives").HasKey(a => a.Id);
        row.Property(a => a.Id).HasMaxLength(36);
        row.Property(a => a.User).HasMaxLength(63);
        row.Property(a => a.Config).HasMaxLength(63);
        row.Property(a => a.Sha256).HasMaxLength(64);
        row.Property(a => a.State).HasConversion<string>().HasMaxLength(16);
        // One of them counts.
        row.HasIndex(a => new { a.User, a.Config }).IsUnique().HasFilter("\"State\" = 'Current'");
        row.HasOne<UserRow>().WithMany().HasForeignKey(a => a.User).OnDelete(DeleteBehavior.Cascade);
    });

    private static void ShapePredefined(ModelBuilder modelBuilder) => modelBuilder.Entity<PredefinedRow>(row =>
    {
        row.ToTable("persona_predefined").HasKey(p => p.Id);
        row.Ignore(p => p.Precedence);
        row.Property(p => p.Id).HasMaxLength(36);
        row.Property(p => p.Config).HasMaxLength(63);
        row.Property(p => p.Environment).HasMaxLength(63);
        row.Property(p => p.From).HasMaxLength(63);
        row.Property(p => p.Sha256).HasMaxLength(64);
        row.HasOne<GroupRow>().WithMany().HasForeignKey(p => p.Group).OnDelete(DeleteBehavior.Cascade);
        row.HasOne<PoolRow>().WithMany().HasForeignKey(p => p.Pool).OnDelete(DeleteBehavior.Cascade);
    });

    private static void ShapeFlexConfigs(ModelBuilder modelBuilder) => modelBuilder.Entity<FlexConfigRow>(row =>
    {
        row.ToTable("flex_configs").HasKey(c => c.Name);
        row.Property(c => c.Name).HasMaxLength(63);
    });

    private static void ShapeEnvironments(ModelBuilder modelBuilder) => modelBuilder.Entity<EnvironmentRow>(row =>
    {
        row.ToTable("environments").HasKey(e => e.Name);
        row.Property(e => e.Name).HasMaxLength(63);
    });

    private static void ShapeWorkspaces(ModelBuilder modelBuilder) => modelBuilder.Entity<WorkspaceRow>(row =>
    {
        row.ToTable("workspaces").HasKey(w => w.Name);
        row.Property(w => w.Name).HasMaxLength(63);
        row.Property(w => w.Workspace).StoredAsJson();
    });

    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        time => time.ToUnixTimeMilliseconds(), number => DateTimeOffset.FromUnixTimeMilliseconds(number));
}
