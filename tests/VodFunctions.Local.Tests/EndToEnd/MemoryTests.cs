using System.Globalization;
using Azure.Storage;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using VodFunctions.Local.Tests.EndToEnd.Faults;
using VodFunctions.Local.Tests.EndToEnd.Harness;
using VodFunctions.Local.Tests.Hosting;
using VodFunctions.Testing.Azurite;
using Xunit;
using Xunit.Abstractions;

namespace VodFunctions.Local.Tests.EndToEnd;

/// <summary>What the host takes of the machine's memory; FFmpeg's own processes are not counted.</summary>
[Collection("300 MB at a time")]
public sealed class MemoryTests(ITestOutputHelper output) : IDisposable
{
    private const long MaxResidentBytes = 250L << 20;
    private const long MaxUploadBytes = 314_572_800;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(10);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    [Trait("Category", "Long")]
    public async Task An_upload_of_300_MB_is_ingested_and_transcoded_in_250_MB() => await AssertSmallAsync(
        "--Vod:Transcoding:Ladder:0:ShortSide", "240", "--Vod:Transcoding:Ladder:0:Bitrate", "500k");

    [LinuxFact]
    [Trait("Category", "Long")]
    public async Task An_upload_of_300_MB_is_made_into_the_whole_ladder_in_250_MB() => await AssertSmallAsync(
        "--Vod:Transcoding:Ladder:0:ShortSide", "720", "--Vod:Transcoding:Ladder:0:Bitrate", "4M",
        "--Vod:Transcoding:Ladder:1:ShortSide", "480", "--Vod:Transcoding:Ladder:1:Bitrate", "2M",
        "--Vod:Transcoding:Ladder:2:ShortSide", "240", "--Vod:Transcoding:Ladder:2:Bitrate", "500k");

    [LinuxFact]
    [Trait("Category", "Long")]
    public async Task Four_hundred_megabytes_declared_as_one_are_refused_in_250_MB()
    {
        string file = Path.Combine(_folder.Path, "zeros");
        await using (FileStream zeros = File.Create(file))
        {
            zeros.SetLength(400L << 20);
        }

        // No sweep while it is sent: that would drop so many blocks under such a ticket before they are an upload.
        (string? code, long resident, IReadOnlyList<string> blobs) =
            await PutThroughAsync(file, 1_000_000, "--Vod:Retention:SweepEvery", "01:00:00");
        Assert.Equal("TOO_LARGE", code);
        Assert.InRange(resident, 1, MaxResidentBytes);
        Assert.DoesNotContain(blobs, blob => !blob.StartsWith("state/", StringComparison.Ordinal));
    }

    private async Task AssertSmallAsync(params string[] settings)
    {
        string file = Path.Combine(_folder.Path, "noise.mov");
        await BadFiles.RunAsync(
            "ffmpeg", "-nostdin", "-v", "error",
            "-f", "lavfi", "-i", "nullsrc=size=1280x720:rate=25:duration=7,noise=alls=100:allf=t",
            "-f", "lavfi", "-i", "sine=frequency=440:duration=7",
            "-c:v", "mjpeg", "-q:v", "1", "-pix_fmt", "yuvj444p", "-c:a", "aac", "-fs", "300M", file);
        long size = new FileInfo(file).Length;
        Assert.InRange(size, 250L << 20, MaxUploadBytes);

        (string? code, long resident, _) = await PutThroughAsync(file, size, settings);
        Assert.Null(code);
        Assert.InRange(resident, 1, MaxResidentBytes);
    }

    private async Task<(string? Code, long ResidentBytes, IReadOnlyList<string> Blobs)> PutThroughAsync(
        string file, long declaredBytes, params string[] settings)
    {
        await using AzuriteServer storage = await AzuriteServer.StartAsync(
            Directory.CreateDirectory(Path.Combine(_folder.Path, "storage")).FullName, accounts: 1);
        await using HostProcess host = await HostProcess.StartAsync(storage.ConnectionString, settings);
        using VodClient client = await VodClient.SignInAsync(host, "uploader");
        await using NoticeListener listener = await NoticeListener.OpenAsync(client);
        Ticket ticket = await client.RequestUploadAsync(declaredBytes);
        await using (FileStream content = File.OpenRead(file))
        {
            var blocks = new StorageTransferOptions { InitialTransferSize = 4 << 20, MaximumTransferSize = 4 << 20 };
            await new BlockBlobClient(ticket.UploadUrl).UploadAsync(content, new BlobUploadOptions { TransferOptions = blocks });
        }

        await client.SubmitPostAsync(ticket.VideoId);
        await Until.TrueAsync(
            async () => await client.JobStatusAsync(ticket.VideoId) is "COMPLETED" or "ERROR", "the job ends", s_limit);
        string? code = await client.EndOfJobAsync(ticket.VideoId);
        await listener.NoticeOfAsync(ticket.VideoId, 1);
        long resident = HighWaterBytes(host.ProcessId);
        output.WriteLine(
            $"{new FileInfo(file).Length >> 20} MiB uploaded, ended {code ?? "COMPLETED"}: at most {resident >> 20} MiB resident");
        return (code, resident, await new StoredBlobs(storage.ConnectionString).OfVideoAsync(ticket.VideoId));
    }

    /// <summary>The most that was ever resident (proc(5)).</summary>
    private static long HighWaterBytes(int processId)
    {
        string line = File.ReadLines($"/proc/{processId}/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
    }
}

/// <summary>Runs by itself: other tests share the storage emulator, and wait while 300 MB go through it.</summary>
[CollectionDefinition("300 MB at a time", DisableParallelization = true)]
public sealed class LargeUploads;
