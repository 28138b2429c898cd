using Mayfly.Contracts;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Apps;

/// <summary>What stands in the way of removing a package or an application.</summary>
internal static class PackageUses
{
    /// <summary>Names of the machines that have a package attached, by package id.</summary>
    public static ILookup<string, string> Machines(IMachineHost host) =>
        host.Machines.SelectMany(machine => machine.Attached.Packages.Select(package => (package, machine.Hostname))).ToLookup(pair => pair.package, pair => pair.Hostname);

    /// <summary>PackageInUse when a machine, the marker, an assignment or a capture needs it; else null.</summary>
    public static async Task<Fault?> OfPackageAsync(MayflyDbContext context, IMachineHost host, PackageRow package, CancellationToken cancellationToken)
    {
        var what = $"Version {package.Version} of '{package.App}' is in use.";
        if (Machines(host)[package.Id].FirstOrDefault() is { } machine) return InUse(what, $"The machine '{machine}' has it.", "Log its session off first.");
        if (await context.Apps.AnyAsync(a => a.Name == package.App && a.Current == package.Version, cancellationToken))
            return InUse(what, "It is the current version.", "Point the marker to another version first.");
        if (await context.Assignments.AsNoTracking().FirstOrDefaultAsync(a => a.App == package.App && a.Version == package.Version, cancellationToken) is { } assigned)
            return InUse(what, $"It is assigned to {WordsOf(assigned)}.", "Take that assignment back first.");
        var captures = await context.Captures.AsNoTracking().Where(c => c.App == package.App && c.EndedAt == null).ToListAsync(cancellationToken);
        return captures.Find(c => c.Request.Base == package.Version) is { } capture
            ? InUse(what, $"The capture of version {capture.Version} builds on it.", "Wait until that has ended, or cancel it.")
            : null;
    }

    /// <summary>PackageInUse when the application is assigned or captured, or a machine has one of its packages; else null.</summary>
    public static async Task<Fault?> OfAppAsync(MayflyDbContext context, IMachineHost host, AppRow app, IReadOnlyList<PackageRow> packages, CancellationToken cancellationToken)
    {
        var what = $"The application '{app.Name}' is in use.";
        var machines = Machines(host);
        if (packages.SelectMany(package => machines[package.Id]).FirstOrDefault() is { } machine) return InUse(what, $"The machine '{machine}' has it.", "Log its session off first.");
        if (await context.Assignments.AsNoTracking().FirstOrDefaultAsync(a => a.App == app.Name, cancellationToken) is { } assigned)
            return InUse(what, $"It is assigned to {WordsOf(assigned)}.", "Take its assignments back first.");
        return await context.Captures.AsNoTracking().FirstOrDefaultAsync(c => c.App == app.Name && c.EndedAt == null, cancellationToken) is { } capture
            ? InUse(what, $"Version {capture.Version} is being captured.", "Wait until that has ended, or cancel it.")
            : null;
    }

    public static string WordsOf(AssignmentRow row) => row.User is { } user ? $"'{user}'" : row.Group is { } group ? $"the group '{group}'" : $"the pool '{row.Pool}'";

    private static Fault InUse(string what, string why, string remedy) => new(ErrorCode.PackageInUse, what, why, remedy);
}
