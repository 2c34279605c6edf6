using System.Net;

namespace VodFunctions.BlobStorage.Tests.Support;

/// <summary>Real requests whose answers to GET break after some bytes, as on a bad network.</summary>
internal sealed class FaultyHandler(int breaksAfter, Func<CancellationToken, Task>? onBreak = null)
    : DelegatingHandler(new SocketsHttpHandler())
{
    private int _gets;

    public int Gets => _gets;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        if (request.Method == HttpMethod.Get && response.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent)
        {
            Interlocked.Increment(ref _gets);
            HttpContent whole = response.Content;
            var broken = new StreamContent(
                new BreakingStream(await whole.ReadAsStreamAsync(cancellationToken), breaksAfter, onBreak));
            foreach (var header in whole.Headers)
            {
                broken.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }

            response.Content = broken;
        }

        return response;
    }

    private sealed class BreakingStream(Stream inner, int left, Func<CancellationToken, Task>? onBreak) : Stream
    {
        private int _left = left;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_left == 0)
            {
                await (onBreak?.Invoke(cancellationToken) ?? Task.CompletedTask);
                throw new IOException("The connection was reset.");
            }

            int read = await inner.ReadAsync(buffer[..Math.Min(buffer.Length, _left)], cancellationToken);
            _left -= read;
            return read;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
