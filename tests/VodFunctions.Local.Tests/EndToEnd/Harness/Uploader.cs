using Azure.Storage.Blobs.Specialized;

namespace VodFunctions.Local.Tests.EndToEnd.Harness;

/// <summary>Uploads through a ticket's URL, which goes to the storage and not to the host.</summary>
internal static class Uploader
{
    private const int Blocks = 4;

    /// <summary>Stages blocks and commits them.</summary>
    public static async Task UploadAsync(this Ticket ticket, byte[] content) =>
        await ticket.CommitAsync(await ticket.StageAsync(content));

    /// <summary>Stages the content in a few blocks: stored, but no blob yet.</summary>
    public static async Task<IReadOnlyList<string>> StageAsync(this Ticket ticket, byte[] content)
    {
        var blob = new BlockBlobClient(ticket.UploadUrl);
        List<string> ids = [];
        foreach (byte[] block in content.Chunk(content.Length / Blocks + 1))
        {
            ids.Add(Convert.ToBase64String(BitConverter.GetBytes(ids.Count)));
            using var stream = new MemoryStream(block, writable: false);
            await blob.StageBlockAsync(ids[^1], stream);
        }

        return ids;
    }

    /// <summary>Makes a blob of staged blocks.</summary>
    public static Task CommitAsync(this Ticket ticket, IReadOnlyList<string> blocks) =>
        new BlockBlobClient(ticket.UploadUrl).CommitBlockListAsync(blocks);
}
