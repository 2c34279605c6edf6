using System.Text;
using VodFunctions.Local.Tests.EndToEnd.Faults;
using VodFunctions.Local.Tests.EndToEnd.Harness;
using VodFunctions.Testing.Azurite;
using Xunit;

namespace VodFunctions.Local.Tests.EndToEnd.Deleting;

/// <summary>
/// What stays of a user's videos when the user has deleted them and the sweep has run: looked for byte by byte in every
/// blob, and in every file of the host's, the journal with its log included.
/// </summary>
public sealed class ForgettingTests(AzuriteAccount account) : IClassFixture<AzuriteAccount>
{
    private const string User = "hong.gildong-7f3a9c";

    [Fact]
    public async Task Nothing_holds_the_users_id_or_bytes_of_the_film()
    {
        using var ffmpeg = new FaultyFFmpeg();
        await using HostProcess host = await HostProcess.StartAsync(account.ConnectionString, ffmpeg.Settings);
        using VodClient client = await VodClient.SignInAsync(host, User);
        var blobs = new StoredBlobs(account.ConnectionString);
        byte[] film = await Clips.TinyAsync;
        byte[][] traces = [Encoding.UTF8.GetBytes(User), .. PiecesOf(film)];
        List<Ticket> tickets = [];
        async Task<Ticket> UploadAsync(byte[] content, string? post = null)
        {
            Ticket ticket = await client.RequestUploadAsync(content.Length);
            tickets.Add(ticket);
            if (post is not null)
            {
                await client.SubmitPostAsync(ticket.VideoId, post);
            }

            await ticket.UploadAsync(content);
            return ticket;
        }

        tickets.Add(await client.RequestUploadAsync(1000));
        await using (NoticeListener listener = await NoticeListener.OpenAsync(client))
        {
            Ticket told = await UploadAsync(film, "By the sea.");
            await listener.NoticeOfAsync(told.VideoId);
            await client.AcknowledgeAsync(told.VideoId);
            await client.NotificationBecomesAsync(told.VideoId, "COMPLETED");
            Ticket refused = await UploadAsync("This is no video."u8.ToArray(), "Not a film.");
            await listener.NoticeOfAsync(refused.VideoId);
        }

        ffmpeg.Be(Fault.HoldEncode);
        Ticket running = await UploadAsync(film);
        await host.Log.WaitForAsync(line => line.Has($"{running.VideoId}-1: Transcode #"));
        Assert.Superset(
            new HashSet<string>(["storage", "disk"]), (await FindAsync(host, blobs, traces)).Select(found => found.Where).ToHashSet());

        foreach (Ticket ticket in tickets)
        {
            await client.DeleteAsync(ticket.VideoId);
        }

        await Until.TrueAsync(
            async () => (await blobs.NamesAsync()).All(name => !name.StartsWith("state/deletions/", StringComparison.Ordinal)),
            "the sweep is done with the deletions");

        Assert.Empty(await FindAsync(host, blobs, traces));
        await host.StopAsync();
        Assert.Empty(await FindAsync(host, blobs, traces));
    }

    /// <summary>Short enough to stand in a part of the file, long enough to stand nowhere else.</summary>
    private static IEnumerable<byte[]> PiecesOf(byte[] film) =>
        Enumerable.Range(1, 40).Select(part => film.AsSpan((int)((long)film.Length * part / 41), 24).ToArray());

    private static async Task<IReadOnlyList<(string Where, string Name)>> FindAsync(
        HostProcess host, StoredBlobs blobs, byte[][] traces)
    {
        List<(string, string)> found = [];
        foreach (string name in await blobs.NamesAsync())
        {
            if (Holds(Encoding.UTF8.GetBytes(name)) || (await blobs.ReadAsync(name) is { } content && Holds(content)))
            {
                found.Add(("storage", name));
            }
        }

        foreach (string path in Directory.EnumerateFiles(host.DataFolder, "*", SearchOption.AllDirectories))
        {
            if (Holds(Encoding.UTF8.GetBytes(path)) || (Read(path) is { } content && Holds(content)))
            {
                found.Add(("disk", Path.GetRelativePath(host.DataFolder, path)));
            }
        }

        return found;

        bool Holds(byte[] content) => traces.Any(trace => content.AsSpan().IndexOf(trace) >= 0);
    }

    /// <summary>Null where it has just been removed, or is empty, as locks are, which only their owner may open.</summary>
    private static byte[]? Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length == 0)
            {
                return null;
            }

            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            file.CopyTo(content);
            return content.ToArray();
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
