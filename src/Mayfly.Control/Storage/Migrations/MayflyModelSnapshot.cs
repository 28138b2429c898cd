using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace Mayfly.Control.Storage.Migrations;

/// <summary>What the migrations add up to. Kept by hand; a test compares it with the model.</summary>
[DbContext(typeof(MayflyDbContext))]
internal sealed class MayflyModelSnapshot : ModelSnapshot
{
    protected override void BuildModel(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity("Mayfly.Control.Users.UserRow", Users);
        modelBuilder.Entity("Mayfly.Control.Users.SignInRow", SignIns);
        modelBuilder.Entity("Mayfly.Control.Users.ApiTokenRow", ApiTokens);
        modelBuilder.Entity("Mayfly.Control.Groups.GroupRow", Groups);
        modelBuilder.Entity("Mayfly.Control.Groups.GroupMemberRow", GroupMembers);
        modelBuilder.Entity("Mayfly.Control.Access.RoleGrantRow", RoleGrants);
        modelBuilder.Entity("Mayfly.Control.Settings.DirectoryRow", Directories);
        modelBuilder.Entity("Mayfly.Control.Settings.SettingsRow", Settings);
        modelBuilder.Entity("Mayfly.Control.Hosts.HostRow", Hosts);
        modelBuilder.Entity("Mayfly.Control.Hosts.AuthorityRow", Authorities);
        modelBuilder.Entity("Mayfly.Control.Idempotency.IdempotencyRow", IdempotencyKeys);
        modelBuilder.Entity("Mayfly.Control.Pools.PoolRow", Pools);
        modelBuilder.Entity("Mayfly.Control.Entitlements.EntitlementRow", Entitlements);
        modelBuilder.Entity("Mayfly.Control.Entitlements.GroupEntitlementRow", GroupEntitlements);
        modelBuilder.Entity("Mayfly.Control.Pushing.PushRow", Pushes);
        modelBuilder.Entity("Mayfly.Control.Pushing.RetiredImageRow", RetiredImages);
        modelBuilder.Entity("Mayfly.Control.Machines.MachineRow", Machines);
        modelBuilder.Entity("Mayfly.Control.Sessions.SessionRow", Sessions);
        modelBuilder.Entity("Mayfly.Control.Events.EventRow", Events);
        modelBuilder.Entity("Mayfly.Control.Apps.AppRow", Apps);
        modelBuilder.Entity("Mayfly.Control.Apps.PackageRow", Packages);
        modelBuilder.Entity("Mayfly.Control.Apps.AssignmentRow", Assignments);
        modelBuilder.Entity("Mayfly.Control.Captures.CaptureRow", Captures);
        modelBuilder.Entity("Mayfly.Control.Volumes.VolumeRow", Volumes);
        modelBuilder.Entity("Mayfly.Control.Personas.PersonaArchiveRow", PersonaArchives);
        modelBuilder.Entity("Mayfly.Control.Personas.PredefinedRow", Predefined);
        modelBuilder.Entity("Mayfly.Control.Personas.FlexConfigRow", FlexConfigs);
        modelBuilder.Entity("Mayfly.Control.Environments.EnvironmentRow", Environments);
        modelBuilder.Entity("Mayfly.Control.Workspaces.WorkspaceRow", Workspaces);
    }

    private static void Users(EntityTypeBuilder row)
    {
        row.Property<string>("Name").HasMaxLength(63);
        row.Property<string>("DisplayName").IsRequired();
        row.Property<string>("PasswordHash").IsRequired();
        row.Property<string>("Source").IsRequired().HasMaxLength(63);
        row.Property<string>("RecoveryCodes").IsRequired();
        foreach (var text in new[] { "ExternalId", "FactorSecret" }) row.Property<string>(text);
        foreach (var flag in new[] { "Enabled", "FactorConfirmed" }) row.Property<bool>(flag);
        foreach (var number in new[] { "FactorStep", "CreatedAt" }) row.Property<long>(number);
        row.Property<long?>("LastSignInAt");
        row.HasKey("Name");
        row.HasIndex("Source", "ExternalId").IsUnique().HasFilter("\"ExternalId\" IS NOT NULL");
        row.ToTable("users");
    }

    private static void SignIns(EntityTypeBuilder row)
    {
        row.Property<string>("Id").HasMaxLength(64);
        row.Property<string>("User").IsRequired();
        row.Property<long>("CreatedAt");
        row.Property<long>("LastSeenAt");
        foreach (var text in new[] { "Address", "Client" }) row.Property<string>(text);
        row.HasKey("Id");
        row.HasIndex("User");
        row.HasOne("Mayfly.Control.Users.UserRow", null).WithMany().HasForeignKey("User").OnDelete(DeleteBehavior.Cascade).IsRequired();
        row.ToTable("sign_ins");
    }

    private static void ApiTokens(EntityTypeBuilder row)
    {
        row.Property<string>("Id").HasMaxLength(64);
        row.Property<string>("User").IsRequired();
        row.Property<string>("Label").IsRequired();
        row.Property<long>("CreatedAt");
        foreach (var moment in new[] { "ExpiresAt", "LastUsedAt" }) row.Property<long?>(moment);
        row.HasKey("Id");
        row.HasIndex("User");
        row.HasOne("Mayfly.Control.Users.UserRow", null).WithMany().HasForeignKey("User").OnDelete(DeleteBehavior.Cascade).IsRequired();
        row.ToTable("api_tokens");
    }

    private static void Groups(EntityTypeBuilder row)
    {
        row.Property<string>("Name").HasMaxLength(63);
        row.Property<string>("DisplayName").IsRequired();
        row.Property<string>("Directory").HasMaxLength(63);
        row.Property<string>("ExternalName");
        row.Property<long>("CreatedAt");
        row.HasKey("Name");
        row.HasIndex("Directory");
        row.HasOne("Mayfly.Control.Settings.DirectoryRow", null).WithMany().HasForeignKey("Directory").OnDelete(DeleteBehavior.Restrict);
        row.ToTable("groups");
    }

    private static void GroupMembers(EntityTypeBuilder row)
    {
        row.Property<string>("Group");
        row.Property<string>("User");
        row.HasKey("Group", "User");
        row.HasIndex("User");
        row.HasOne("Mayfly.Control.Groups.GroupRow", null).WithMany().HasForeignKey("Group").OnDelete(DeleteBehavior.Cascade).IsRequired();
        row.HasOne("Mayfly.Control.Users.UserRow", null).WithMany().HasForeignKey("User").OnDelete(DeleteBehavior.Cascade).IsRequired();
        row.ToTable("group_members");
    }

    private static void RoleGrants(EntityTypeBuilder row)
    {
        row.Property<string>("Id").HasMaxLength(64);
        row.Property<string>("Role").IsRequired().HasMaxLength(32);
        foreach (var (column, table) in new[] { ("User", "Users.UserRow"), ("Group", "Groups.GroupRow"), ("Pool", "Pools.PoolRow") })
        {
            row.Property<string>(column);
            row.HasIndex(column);
            row.HasOne("Mayfly.Control." + table, null).WithMany().HasForeignKey(column).OnDelete(DeleteBehavior.Cascade);
        }

        row.HasKey("Id");
        row.ToTable("role_grants");
    }

    private static void Directories(EntityTypeBuilder row)
    {
        row.Property<string>("Name").HasMaxLength(63);
        row.Property<string>("Kind").IsRequired().HasMaxLength(16);
        row.Property<string>("Settings").IsRequired();
        row.Property<long>("CreatedAt");
        row.HasKey("Name");
        row.ToTable("directories");
    }

    private static void Settings(EntityTypeBuilder row)
    {
        row.Property<int>("Id").ValueGeneratedNever();
        row.Property<string>("Settings").IsRequired();
        row.HasKey("Id");
        row.ToTable("settings");
    }

    private static void IdempotencyKeys(EntityTypeBuilder row)
    {
        row.Property<string>("Id").HasMaxLength(64);
        row.Property<string>("Request").IsRequired().HasMaxLength(64);
        row.Property<int>("Status");
        row.Property<string>("Location");
        row.Property<byte[]>("Body").IsRequired();
        row.Property<long>("At");
        row.HasKey("Id");
        row.ToTable("idempotency_keys");
    }

    private static void GroupEntitlements(EntityTypeBuilder row)
    {
        row.Property<string>("Pool");
        row.Property<string>("Group");
        row.HasKey("Pool", "Group");
        row.HasIndex("Group");
        row.HasOne("Mayfly.Control.Pools.PoolRow", null).WithMany().HasForeignKey("Pool").OnDelete(DeleteBehavior.Cascade).IsRequired();
        row.HasOne("Mayfly.Control.Groups.GroupRow", null).WithMany().HasForeignKey("Group").OnDelete(DeleteBehavior.Cascade).IsRequired();
        row.ToTable("group_entitlements");
    }

    private static void Pools(EntityTypeBuilder row)
    {
        row.Property<string>("Name").HasMaxLength(63);
        foreach (var text in new[] { "Image", "Version", "NamePattern", "Settings", "KeptVersions", "CanaryMachines" }) row.Property<string>(text).IsRequired();
        foreach (var choice in new[] { "Assignment", "Provisioning" }) row.Property<string>(choice).IsRequired().HasMaxLength(16);
        foreach (var text in new[] { "CanaryVersion", "StoppedBy" }) row.Property<string>(text);
        row.Property<long>("CreatedAt");
        row.Property<bool>("Deleting");
        row.HasKey("Name");
        row.ToTable("pools");
    }

    private static void Pushes(EntityTypeBuilder row)
    {
        row.Property<string>("Id").HasMaxLength(64);
        foreach (var text in new[] { "Pool", "Image", "FromVersion", "ToVersion", "Actor" }) row.Property<string>(text).IsRequired();
        foreach (var choice in new[] { "State", "InUse" }) row.Property<string>(choice).IsRequired().HasMaxLength(16);
        foreach (var text in new[] { "Warning", "OperationId", "Fault" }) row.Property<string>(text);
        foreach (var number in new[] { "GraceSeconds", "ErrorThresholdPercent", "Total", "Failed" }) row.Property<int>(number);
        foreach (var moment in new[] { "StartAt", "AskedAt" }) row.Property<long>(moment);
        foreach (var moment in new[] { "ForceAt", "FinishedAt" }) row.Property<long?>(moment);
        row.HasKey("Id");
        row.HasIndex("Pool").IsUnique().HasFilter("\"FinishedAt\" IS NULL");
        row.HasOne("Mayfly.Control.Pools.PoolRow", null).WithMany().HasForeignKey("Pool").OnDelete(DeleteBehavior.Cascade).IsRequired();
        row.ToTable("pushes");
    }

    private static void RetiredImages(EntityTypeBuilder row)
    {
        row.Property<string>("Image");
        row.Property<string>("Version");
        row.HasKey("Image", "Version");
        row.ToTable("retired_images");
    }

    private static void Entitlements(EntityTypeBuilder row)
    {
        row.Property<string>("Pool");
        row.Property<string>("User");
        row.HasKey("Pool", "User");
        row.HasIndex("User");
        row.HasOne("Mayfly.Control.Pools.PoolRow", null).WithMany().HasForeignKey("Pool").OnDelete(DeleteBehavior.Cascade).IsRequired();
        row.HasOne("Mayfly.Control.Users.UserRow", null).WithMany().HasForeignKey("User").OnDelete(DeleteBehavior.Cascade).IsRequired();
        row.ToTable("entitlements");
    }

    private static void Hosts(EntityTypeBuilder row)
    {
        row.Property<string>("Name").HasMaxLength(63);
        row.Property<string>("Address");
        row.Property<bool>("Maintenance");
        row.Property<long>("JoinedAt");
        row.HasKey("Name");
        row.ToTable("hosts");
    }

    private static void Authorities(EntityTypeBuilder row)
    {
        row.Property<int>("Id").ValueGeneratedNever();
        row.Property<string>("Pem").IsRequired();
        row.Property<string>("Stage").IsRequired().HasMaxLength(16);
        row.HasKey("Id");
        row.ToTable("house_authority");
    }

    private static void Machines(EntityTypeBuilder row)
    {
        row.Property<string>("Id").HasMaxLength(64);
        row.Property<string>("Name").IsRequired().HasMaxLength(63);
        row.Property<string>("State").IsRequired().HasMaxLength(32);
        foreach (var text in new[] { "Pool", "Image", "Version" }) row.Property<string>(text).IsRequired();
        foreach (var text in new[] { "User", "Owner", "UsedBy", "Address", "Mac", "Fault" }) row.Property<string>(text);
        foreach (var flag in new[] { "Extra", "Remake" }) row.Property<bool>(flag);
        row.Property<string>("Host").HasMaxLength(63);
        row.Property<int>("FailedAttempts");
        row.Property<long>("CreatedAt");
        foreach (var moment in new[] { "RefreshedAt", "ReadyAt", "UnreachableSince" }) row.Property<long?>(moment);
        row.Property<int?>("ProcessId");
        row.Property<bool?>("ShellReady");
        row.Property<double?>("RunningMs");
        row.Property<double?>("ReadyMs");
        row.HasKey("Id");
        row.HasIndex("Name").IsUnique();
        row.HasIndex("Pool");
        row.HasOne("Mayfly.Control.Pools.PoolRow", null).WithMany().HasForeignKey("Pool").OnDelete(DeleteBehavior.Restrict).IsRequired();
        row.ToTable("machines");
    }

    private static void Sessions(EntityTypeBuilder row)
    {
        row.Property<string>("Id").HasMaxLength(64);
        foreach (var text in new[] { "Pool", "MachineId", "Machine", "User" }) row.Property<string>(text).IsRequired();
        row.Property<long>("StartedAt");
        foreach (var moment in new[] { "EndedAt", "ConnectedAt", "DisconnectedAt", "LastInputAt" }) row.Property<long?>(moment);
        row.Property<string>("EndedBy").HasMaxLength(32);
        row.Property<string>("Client").HasMaxLength(16);
        row.Property<string>("Timeline").IsRequired();
        row.Property<string>("Apps").IsRequired();
        row.Property<string>("Volume").HasMaxLength(36);
        foreach (var text in new[] { "ClientAddress", "Message", "VolumeFault", "Persona", "Environment" }) row.Property<string>(text);
        foreach (var flag in new[] { "Connected", "Attaching", "PersonaOpen" }) row.Property<bool>(flag);
        row.HasKey("Id");
        row.HasIndex("MachineId").IsUnique().HasFilter("\"EndedAt\" IS NULL");
        row.HasIndex("User", "Pool").IsUnique().HasFilter("\"EndedAt\" IS NULL");
        row.HasIndex("User").IsUnique().HasFilter("\"PersonaOpen\"");
        row.ToTable("sessions");
    }

    private static void Events(EntityTypeBuilder row)
    {
        row.Property<long>("Id").ValueGeneratedOnAdd().HasAnnotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);
        row.Property<long>("At");
        row.Property<string>("Level").IsRequired().HasMaxLength(16);
        row.Property<string>("Kind").IsRequired().HasMaxLength(64);
        row.Property<string>("Message").IsRequired();
        foreach (var text in new[] { "Actor", "Pool", "Machine", "User", "Before", "After" }) row.Property<string>(text);
        row.HasKey("Id");
        row.ToTable("events");
    }

    private static void Apps(EntityTypeBuilder row)
    {
        row.Property<string>("Name").HasMaxLength(63);
        foreach (var text in new[] { "DisplayName", "Description" }) row.Property<string>(text).IsRequired();
        row.Property<int>("Precedence");
        row.Property<string>("Current").HasMaxLength(63);
        row.Property<long>("CreatedAt");
        row.HasKey("Name");
        row.ToTable("apps");
    }

    private static void Packages(EntityTypeBuilder row)
    {
        row.Property<string>("Id").HasMaxLength(36);
        row.Property<string>("App").IsRequired();
        row.Property<string>("Version").IsRequired().HasMaxLength(63);
        row.Property<string>("Stage").IsRequired().HasMaxLength(16);
        row.Property<string>("Manifest").IsRequired();
        foreach (var text in new[] { "Base", "CreatedBy" }) row.Property<string>(text);
        row.Property<long>("CreatedAt");
        row.HasKey("Id");
        row.HasIndex("App", "Version").IsUnique();
        row.HasOne("Mayfly.Control.Apps.AppRow", null).WithMany().HasForeignKey("App").OnDelete(DeleteBehavior.Restrict).IsRequired();
        row.ToTable("packages");
    }

    private static void Assignments(EntityTypeBuilder row)
    {
        row.Property<string>("Id").HasMaxLength(64);
        row.Property<string>("App").IsRequired();
        row.HasIndex("App");
        row.HasOne("Mayfly.Control.Apps.AppRow", null).WithMany().HasForeignKey("App").OnDelete(DeleteBehavior.Restrict).IsRequired();
        row.Property<string>("Version").HasMaxLength(63);
        row.Property<string>("Delivery").IsRequired().HasMaxLength(16);
        foreach (var (column, table) in new[] { ("User", "Users.UserRow"), ("Group", "Groups.GroupRow"), ("Pool", "Pools.PoolRow") })
        {
            row.Property<string>(column);
            row.HasIndex(column);
            row.HasOne("Mayfly.Control." + table, null).WithMany().HasForeignKey(column).OnDelete(DeleteBehavior.Cascade);
        }

        row.HasKey("Id");
        row.ToTable("app_assignments");
    }

    private static void Captures(EntityTypeBuilder row)
    {
        row.Property<string>("Id").HasMaxLength(64);
        foreach (var text in new[] { "App", "Version", "Image", "ImageVersion", "PackageId", "Request" }) row.Property<string>(text).IsRequired();
        row.Property<string>("MachineId").IsRequired().HasMaxLength(64);
        row.Property<string>("State").IsRequired().HasMaxLength(16);
        foreach (var text in new[] { "StartedBy", "Fault" }) row.Property<string>(text);
        row.Property<long>("StartedAt");
        row.Property<long?>("EndedAt");
        row.HasKey("Id");
        row.HasIndex("App");
        row.HasOne("Mayfly.Control.Apps.AppRow", null).WithMany().HasForeignKey("App").OnDelete(DeleteBehavior.Cascade).IsRequired();
        row.ToTable("captures");
    }

    private static void Volumes(EntityTypeBuilder row)
    {
        row.Property<string>("Id").HasMaxLength(36);
        foreach (var name in new[] { "User", "Os" }) row.Property<string>(name).IsRequired().HasMaxLength(63);
        row.Property<string>("Kind").IsRequired().HasMaxLength(16);
        row.Property<int>("SizeMib");
        foreach (var flag in new[] { "Enabled", "Made", "OnItsWay" }) row.Property<bool>(flag);
        row.Property<string>("MachineId").HasMaxLength(64);
        foreach (var text in new[] { "Machine", "Pool" }) row.Property<string>(text);
        row.Property<long>("CreatedAt");
        row.Property<long?>("AttachedAt");
        row.Property<string>("Host").HasMaxLength(63);
        row.HasKey("Id");
        row.HasIndex("MachineId").IsUnique().HasFilter("\"MachineId\" IS NOT NULL");
        row.HasIndex("User", "Os").IsUnique();
        row.ToTable("volumes");
    }

    private static void Workspaces(EntityTypeBuilder row)
    {
        row.Property<string>("Name").HasMaxLength(63);
        row.Property<string>("Workspace").IsRequired();
        row.HasKey("Name");
        row.ToTable("workspaces");
    }

    private static void Predefined(EntityTypeBuilder row)
    {
        row.Property<string>("Id").HasMaxLength(36);
        foreach (var name in new[] { "Config", "From" }) row.Property<string>(name).IsRequired().HasMaxLength(63);
        foreach (var number in new[] { "SavedAt", "Bytes", "StoredBytes" }) row.Property<long>(number);
        row.Property<bool>("Enforced");
        row.Property<string>("Environment").HasMaxLength(63);
        row.Property<string>("Sha256").IsRequired().HasMaxLength(64);
        foreach (var (column, table) in new[] { ("Group", "Groups.GroupRow"), ("Pool", "Pools.PoolRow") })
        {
            row.Property<string>(column);
            row.HasIndex(column);
            row.HasOne("Mayfly.Control." + table, null).WithMany().HasForeignKey(column).OnDelete(DeleteBehavior.Cascade);
        }

        row.HasKey("Id");
        row.ToTable("persona_predefined");
    }

    private static void FlexConfigs(EntityTypeBuilder row)
    {
        row.Property<string>("Name").HasMaxLength(63);
        row.Property<string>("Yaml").IsRequired();
        row.HasKey("Name");
        row.ToTable("flex_configs");
    }

    private static void Environments(EntityTypeBuilder row)
    {
        row.Property<string>("Name").HasMaxLength(63);
        row.Property<string>("Yaml").IsRequired();
        row.HasKey("Name");
        row.ToTable("environments");
    }

    private static void PersonaArchives(EntityTypeBuilder row)
    {
        row.Property<string>("Id").HasMaxLength(36);
        foreach (var name in new[] { "User", "Config" }) row.Property<string>(name).IsRequired().HasMaxLength(63);
        foreach (var number in new[] { "SavedAt", "Bytes", "StoredBytes" }) row.Property<long>(number);
        row.Property<string>("Machine").IsRequired();
        row.Property<string>("Sha256").IsRequired().HasMaxLength(64);
        row.Property<string>("State").IsRequired().HasMaxLength(16);
        row.HasKey("Id");
        row.HasIndex("User", "Config").IsUnique().HasFilter("\"State\" = 'Current'");
        row.HasOne("Mayfly.Control.Users.UserRow", null).WithMany().HasForeignKey("User").OnDelete(DeleteBehavior.Cascade).IsRequired();
        row.ToTable("persona_archives");
    }
}
