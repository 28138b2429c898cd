namespace Mayfly.Engine.Packages.Archives;

/// <summary>
/// The content of the present entry as the library's tar writer wants it: with a length told in front, which it otherwise finds out by
/// taking all of it into memory.
/// </summary>
internal sealed class EntryContent(TarStream archive, long length) : Stream
{
    private long _position;

    public override bool CanRead => true;

    // The writer asks for length and position where this is true, and never seeks.
    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get => _position; set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await archive.ReadContentAsync(buffer, cancellationToken);
        if (count == 0 && buffer.Length > 0 && _position < length)
            throw new InvalidDataException("it is incomplete: it ends in the middle");
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
