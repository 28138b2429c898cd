using System.Buffers;
using Mayfly.Contracts.Api;

namespace Mayfly.Server.Displays.Clipboards;

/// <summary>A screen whose viewer can not move text over the clipboard in a way its rule forbids.</summary>
internal sealed class GuardedScreen : Stream
{
    private readonly Stream _screen;
    private readonly ClipboardFilter _filter;
    private readonly ArrayBufferWriter<byte> _passed = new();

    private GuardedScreen(Stream screen, ClipboardRule rule) => (_screen, _filter) = (screen, new ClipboardFilter(rule));

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>The screen under a rule. Nothing may have been said on it yet; it is disposed with what this returns.</summary>
    public static Stream Under(ClipboardRule rule, Stream screen) => rule == ClipboardRule.Both ? screen : new GuardedScreen(screen, rule);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _screen.ReadAsync(buffer, cancellationToken);

    /// <exception cref="InvalidDataException">A viewer may not say this; the connection is to be closed.</exception>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _passed.ResetWrittenCount();
        _filter.Pass(buffer.Span, _passed);
        if (_passed.WrittenCount > 0) await _screen.WriteAsync(_passed.WrittenMemory, cancellationToken);
    }

    public override void Flush() => _screen.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await _screen.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _screen.Dispose();
        base.Dispose(disposing);
    }
}
