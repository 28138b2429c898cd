using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

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
        modelBuilder.Entity("Mayfly.Control.Pools.PoolRow", Pools);
        modelBuilder.Entity("Mayfly.Control.Entitlements.EntitlementRow", Entitlements);
        modelBuilder.Entity("Mayfly.Control.Machines.MachineRow", Machines);
        modelBuilder.Entity("Mayfly.Control.Sessions.SessionRow", Sessions);
        modelBuilder.Entity("Mayfly.Control.Events.EventRow", Events);
    }

    private static void Users(EntityTypeBuilder row)
    {
        row.Property<string>("Name").HasMaxLength(63);
        row.Property<string>("DisplayName").IsRequired();
        row.Property<string>("PasswordHash").IsRequired();
        row.Property<bool>("Administrator");
        row.Property<long>("CreatedAt");
        row.HasKey("Name");
        row.ToTable("users");
    }

    private static void SignIns(EntityTypeBuilder row)
    {
        row.Property<string>("Id").HasMaxLength(64);
        row.Property<string>("User").IsRequired();
        row.Property<long>("CreatedAt");
        row.Property<long>("LastSeenAt");
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
        row.HasKey("Id");
        row.HasIndex("User");
        row.HasOne("Mayfly.Control.Users.UserRow", null).WithMany().HasForeignKey("User").OnDelete(DeleteBehavior.Cascade).IsRequired();
        row.ToTable("api_tokens");
    }

    private static void Pools(EntityTypeBuilder row)
    {
        row.Property<string>("Name").HasMaxLength(63);
        foreach (var text in new[] { "DisplayName", "Image", "Version", "NamePattern", "PostSync" }) row.Property<string>(text).IsRequired();
        foreach (var number in new[] { "Spare", "Maximum", "PostSyncTimeoutSeconds" }) row.Property<int>(number);
        row.Property<long>("CreatedAt");
        row.Property<bool>("Deleting");
        row.HasKey("Name");
        row.ToTable("pools");
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

    private static void Machines(EntityTypeBuilder row)
    {
        row.Property<string>("Id").HasMaxLength(64);
        row.Property<string>("Name").IsRequired().HasMaxLength(63);
        row.Property<string>("State").IsRequired().HasMaxLength(32);
        foreach (var text in new[] { "Pool", "Image", "Version" }) row.Property<string>(text).IsRequired();
        foreach (var text in new[] { "User", "Address", "Mac", "Fault" }) row.Property<string>(text);
        row.Property<long>("CreatedAt");
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
        row.Property<long?>("EndedAt");
        row.Property<string>("EndedBy").HasMaxLength(32);
        row.Property<bool>("Connected");
        row.HasKey("Id");
        row.HasIndex("MachineId").IsUnique();
        row.HasIndex("User", "Pool").IsUnique().HasFilter("\"EndedAt\" IS NULL");
        row.ToTable("sessions");
    }

    private static void Events(EntityTypeBuilder row)
    {
        row.Property<long>("Id").ValueGeneratedOnAdd();
        row.Property<long>("At");
        row.Property<string>("Level").IsRequired().HasMaxLength(16);
        row.Property<string>("Kind").IsRequired().HasMaxLength(64);
        row.Property<string>("Message").IsRequired();
        foreach (var text in new[] { "Actor", "Pool", "Machine" }) row.Property<string>(text);
        row.HasKey("Id");
        row.ToTable("events");
    }
}
