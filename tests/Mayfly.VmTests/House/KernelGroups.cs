using Mayfly.Engine.Limits;

namespace Mayfly.VmTests.House;

/// <summary>A control group of the kernel's own, without any limits, to hold the groups of a test. Needs a hierarchy of version 2 one may write to.</summary>
internal sealed class KernelGroups : IDisposable
{
    private KernelGroups(string root) => Root = root;

    public string Root { get; }

    /// <summary>Makes one, or skips the test.</summary>
    public static KernelGroups OrSkip()
    {
        if (ControlGroupMount.Find(File.ReadLines("/proc/self/mountinfo")) is not { } mount)
        {
            Assert.Skip("No control groups of version 2 are mounted here.");
            throw new InvalidOperationException();
        }

        try
        {
            return new KernelGroups(Directory.CreateDirectory(Path.Combine(mount, $"mayfly-test-{Environment.ProcessId}")).FullName);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Assert.Skip($"Control groups can not be made here: {error.Message}");
            throw;
        }
    }

    public void Dispose() => Directory.Delete(Root);
}
