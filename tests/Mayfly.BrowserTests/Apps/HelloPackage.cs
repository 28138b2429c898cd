using System.Diagnostics;
using System.Globalization;

namespace Mayfly.BrowserTests.Apps;

/// <summary>A Debian package made by the test: a program that says its version, with a menu entry and an icon.</summary>
internal static class HelloPackage
{
    /// <summary>Makes it and returns the path of the .deb.</summary>
    /// <param name="directory">Where.</param>
    /// <param name="name">Name of package and program.</param>
    /// <param name="version">What the program says.</param>
    public static async Task<string> MakeAsync(string directory, string name, string version)
    {
        var root = Directory.CreateDirectory(Path.Combine(directory, $"{name}-{version}")).FullName;
        Write(root, "DEBIAN/control", string.Create(CultureInfo.InvariantCulture, $"""
            Package: {name}
            Version: {version}
            Architecture: all
            Maintainer: Nobody <nobody@example.org>
            Description: says its version

            """));
        Write(root, $"usr/bin/{name}", $"#!/bin/sh\necho {name} {version}\n");
        File.SetUnixFileMode(Path.Combine(root, "usr/bin", name), (UnixFileMode)0b111_101_101);
        Write(root, $"usr/share/applications/{name}.desktop", $"[Desktop Entry]\nType=Application\nName={name}\nExec={name}\nIcon={name}\nCategories=Utility;\n");
        Write(root, $"usr/share/{name}/version", version);
        var file = root + ".deb";
        using var made = Process.Start(new ProcessStartInfo("dpkg-deb", ["--root-owner-group", "--build", root, file]) { RedirectStandardOutput = true })!;
        await made.WaitForExitAsync();
        made.ExitCode.ShouldBe(0);
        Directory.Delete(root, recursive: true);
        return file;
    }

    private static void Write(string root, string name, string text)
    {
        var path = Path.Combine(root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
