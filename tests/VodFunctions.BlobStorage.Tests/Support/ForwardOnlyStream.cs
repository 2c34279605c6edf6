namespace VodFunctions.BlobStorage.Tests.Support;

/// <summary>A pipe: no length, no seeking, short reads; breaks where it is told to.</summary>
internal sealed class ForwardOnlyStream(byte[] bytes, int breaksAt = int.MaxValue) : Stream
{
    private int _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_position >= breaksAt)
        {
            throw new IOException("The pipe broke.");
        }

        int read = Math.Min(Math.Min(count, 10_000), Math.Min(bytes.Length, breaksAt) - _position);
        bytes.AsSpan(_position, read).CopyTo(buffer.AsSpan(offset));
        _position += read;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
