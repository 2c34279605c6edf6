using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace VodFunctions.Demo;

/// <summary>Uploads block by block through the ticket's URL, and renews the ticket before it runs out.</summary>
internal sealed class BlockUpload(ApiClient api, TimeProvider time)
{
    private static readonly TimeSpan s_margin = TimeSpan.FromMinutes(1);

    /// <summary>Uploads, and commits at the end: a part of a file is never taken for a whole one.</summary>
    public async Task RunAsync(
        DemoClip clip, TicketAnswer ticket, Action<double> progress, CancellationToken cancellationToken)
    {
        var blob = new BlockBlobClient(ticket.UploadUrl);
        TimeSpan lifetime = ticket.ExpiresAt - time.GetUtcNow();
        DateTimeOffset renewAt = ticket.ExpiresAt - Min(s_margin, lifetime / 2);
        await using FileStream file = File.OpenRead(clip.Path);
        byte[] buffer = new byte[ticket.BlockBytes];
        var blocks = new List<string>();

        int count;
        while ((count = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken)) > 0)
        {
            if (time.GetUtcNow() >= renewAt)
            {
                blob = new BlockBlobClient(await api.RenewAsync(ticket.VideoId, cancellationToken));
                renewAt = time.GetUtcNow() + lifetime - Min(s_margin, lifetime / 2);
            }

            // All ids of a blob have one length.
            string block = Convert.ToBase64String(BitConverter.GetBytes(blocks.Count));
            using var content = new MemoryStream(buffer, 0, count, writable: false);
            await blob.StageBlockAsync(block, content, cancellationToken: cancellationToken);
            blocks.Add(block);
            progress(100.0 * file.Position / clip.SizeBytes);
        }

        var headers = new BlobHttpHeaders { ContentType = clip.ContentType };
        await blob.CommitBlockListAsync(blocks, headers, cancellationToken: cancellationToken);
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
