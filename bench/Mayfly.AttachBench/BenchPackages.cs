using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using Mayfly.Contracts;
using Mayfly.Engine;

namespace Mayfly.AttachBench;

/// <summary>Packages made for the measurement: a program, a menu entry and as many bytes as wanted that no compressor makes smaller.</summary>
internal sealed class BenchPackages(IPackageLibrary packages)
{
    private const UnixFileMode Readable = (UnixFileMode)0b110_100_100;
    private const UnixFileMode Runnable = (UnixFileMode)0b111_101_101;

    /// <summary>Id of one of the packages.</summary>
    public static string Id(int number) => $"bench{number}";

    /// <summary>Path in the guest of a package's program, and of its bytes.</summary>
    public static (string Program, string Bytes) Files(int number) => ($"/usr/bin/bench-{number}", $"/usr/share/bench-{number}/bytes");

    /// <summary>Makes a package anew.</summary>
    public async Task MakeAsync(int number, int mib, CancellationToken cancellationToken)
    {
        Checked(await packages.RemoveAsync(Id(number), cancellationToken));
        var file = Path.Combine(Path.GetTempPath(), $"mayfly-bench-{Guid.NewGuid():N}.tar");
        try
        {
            await WriteAsync(file, number, mib, cancellationToken);
            Checked(await packages.ImportAsync(Id(number), file, new PackageRules(), new Progress<StepProgress>(), cancellationToken));
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Removes the packages of a measurement.</summary>
    public async Task RemoveAsync(IEnumerable<int> numbers, CancellationToken cancellationToken)
    {
        foreach (var number in numbers)
            Checked(await packages.RemoveAsync(Id(number), cancellationToken));
    }

    private static async Task WriteAsync(string file, int number, int mib, CancellationToken cancellationToken)
    {
        var (program, bytes) = Files(number);
        await using var tar = new TarWriter(File.Create(file), TarEntryFormat.Pax);
        await AddAsync(program, Runnable, Encoding.UTF8.GetBytes($"#!/bin/sh\necho {number}\n"));
        await AddAsync($"/usr/share/applications/bench-{number}.desktop", Readable, Encoding.UTF8.GetBytes($"[Desktop Entry]\nType=Application\nName=Bench {number}\nExec={program}\n"));
        await AddAsync(bytes, Readable, RandomNumberGenerator.GetBytes(mib << 20));

        Task AddAsync(string name, UnixFileMode mode, byte[] content) =>
            tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name[1..]) { Mode = mode, DataStream = new MemoryStream(content) }, cancellationToken);
    }

    private static void Checked<T>(Outcome<T> outcome)
    {
        if (outcome.Fault is { } fault)
            throw new InvalidOperationException(fault.ToString());
    }
}
