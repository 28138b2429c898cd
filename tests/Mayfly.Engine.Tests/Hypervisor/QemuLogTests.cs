using System.Text;
using Mayfly.Engine.Hypervisor;

namespace Mayfly.Engine.Tests.Hypervisor;

public sealed class QemuLogTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("mfl");

    private string Pipe => Path.Combine(_directory.FullName, "pipe");

    private string LogFile => Path.Combine(_directory.FullName, "log");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Tail_NothingPrinted_IsNull()
    {
        using var log = new QemuLog(Pipe, LogFile);
        log.Tail(100).ShouldBeNull();
        using var writer = Open(log);
        log.Tail(100).ShouldBeNull();
    }

    [Fact]
    public void Tail_LongText_IsItsEnd()
    {
        using var log = new QemuLog(Pipe, LogFile);
        using var writer = Open(log);
        Print(writer, new string('x', 500) + "the end\n");
        log.Tail(10).ShouldBe("...xxthe end");
    }

    [Fact]
    public void Print_AfterEveryoneLeft_IsSeenWhileThePipeIsHeldOpen()
    {
        using var log = new QemuLog(Pipe, LogFile);
        using (var writer = Open(log))
            Print(writer, "dying words");
        log.Tail(100).ShouldBe("dying words");
    }

    [Fact]
    public void Print_WithoutMayfly_IsBoundedAndSeenByTheNext()
    {
        var first = new QemuLog(Pipe, LogFile);
        using var writer = Open(first);
        first.Dispose();
        Print(writer, "kept");
        for (var i = 0; i < 1000; i++)
            Print(writer, new string('x', 1024));

        using var next = new QemuLog(Pipe, LogFile);
        next.Listen();
        next.Collect();

        new FileInfo(LogFile).Length.ShouldBeLessThanOrEqualTo(64 * 1024);
        File.ReadAllText(LogFile).ShouldStartWith("kept");
    }

    [Fact]
    public void Collect_Flood_KeepsTheFileShort()
    {
        using var log = new QemuLog(Pipe, LogFile);
        using var writer = Open(log);
        for (var i = 0; i < 100; i++)
        {
            Print(writer, new string('x', 60 * 1024));
            log.Collect();
            new FileInfo(LogFile).Length.ShouldBeLessThanOrEqualTo(QemuLog.MaxBytes);
        }

        Print(writer, "the end");
        log.Tail(7).ShouldNotBeNull().ShouldEndWith("the end");
    }

    [Fact]
    public void Collect_DirectoryGone_IsNoFailure()
    {
        using var log = new QemuLog(Path.Combine(_directory.FullName, "below", "pipe"), Path.Combine(_directory.FullName, "below", "log"));
        Directory.CreateDirectory(Path.Combine(_directory.FullName, "below"));
        using var writer = Open(log);
        Directory.Delete(Path.Combine(_directory.FullName, "below"), recursive: true);
        Print(writer, "lost");
        log.Tail(100).ShouldBeNull();
    }

    private static FileStream Open(QemuLog log) => new(log.OpenForQemu(), FileAccess.Write, 0);

    /// <summary>As QEMU does: what the pipe does not take is dropped.</summary>
    private static void Print(FileStream writer, string text)
    {
        try
        {
            writer.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (IOException)
        {
            // The pipe is full.
        }
    }
}
