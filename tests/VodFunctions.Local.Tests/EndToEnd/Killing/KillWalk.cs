using System.Text.Json;
using VodFunctions.Core.Orchestration;
using VodFunctions.Local.Durable.Journaling;
using VodFunctions.Local.Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace VodFunctions.Local.Tests.EndToEnd.Killing;

/// <summary>A moment or several of one job, and when its post is submitted.</summary>
internal sealed record KillCase(PostAt PostAt, params KillPoint[] Kills)
{
    public override string ToString() => $"{string.Join(", ", Kills.Select(kill => kill.Name))}; post {PostAt}";
}

/// <summary>Walks jobs of one host, whose data they share, through kills.</summary>
internal sealed class KillWalk : IAsyncDisposable
{
    private readonly HostProcess _host;
    private readonly VodClient _client;
    private readonly NoticeListener _listener;
    private readonly StoredBlobs _blobs;
    private readonly ITestOutputHelper _output;
    private UsualRun _usual = new([], []);

    private KillWalk(HostProcess host, VodClient client, NoticeListener listener, ITestOutputHelper output) =>
        (_host, _client, _listener, _blobs, _output) = (host, client, listener, new(host.ConnectionString), output);

    /// <summary>Starts the host and takes a first job through it, undisturbed.</summary>
    public static async Task<KillWalk> StartAsync(string connectionString, string grouping, ITestOutputHelper output)
    {
        HostProcess host = await HostProcess.StartAsync(connectionString, "--Vod:Transcoding:Grouping", grouping);
        VodClient client = await VodClient.SignInAsync(host, "uploader");
        var walk = new KillWalk(host, client, await NoticeListener.OpenAsync(client), output);
        KillRun run = walk.NewRun(PostAt.DuringJob);
        await run.RunAsync([]);
        await walk.CompletesAsync(run);
        walk._usual = new(host.Journal.Read(run.Instance!), await walk._blobs.MediaAsync(run.VideoId));
        await walk.DecodesAsync(run);
        return walk;
    }

    /// <summary>How many entries the journal of an undisturbed job has.</summary>
    public int UsualEntries => _usual.Events.Count;

    /// <summary>How many files an undisturbed job publishes.</summary>
    public int UsualFiles => _usual.Files.Count;

    /// <summary>Walks through cases.</summary>
    public async Task WalkAsync(params KillCase[] cases)
    {
        Assert.All(["OpenJob", "ProbeSource", "Transcode", "CloseJob", "PushNotice"], name => _usual.DurationOf(name));
        for (int index = 0; index < cases.Length; index++)
        {
            try
            {
                await WalkAsync(cases[index], decode: index % 4 == 0);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Killed at {cases[index]}: {exception.Message}\n{_host.Log.Tail(150)}", exception);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        _client.Dispose();
        await _host.DisposeAsync();
    }

    private KillRun NewRun(PostAt postAt) => new(_host, _client, _listener, _blobs, _usual, postAt);

    private async Task WalkAsync(KillCase @case, bool decode)
    {
        int life = _host.Life;
        long began = TimeProvider.System.GetTimestamp();
        KillRun run = NewRun(@case.PostAt);
        await run.RunAsync(@case.Kills);
        _output.WriteLine(
            $"{@case}: {_host.Life - life} kills, {TimeProvider.System.GetElapsedTime(began).TotalSeconds:F1} s");
        Assert.True(_host.Life > life);

        await CompletesAsync(run);
        Assert.Empty(run.DoneAgain());
        SortedDictionary<string, string> files = await _blobs.MediaAsync(run.VideoId);
        Assert.Equal(_usual.Files.Keys, files.Keys);
        Assert.Single(files.Keys, name => name.EndsWith("master.m3u8", StringComparison.Ordinal));

        // An encoder may make other bytes of the same pictures: then they are played to see that they are whole.
        string[] other = [.. files.Keys.Where(name => files[name] != _usual.Files[name])];
        if (other.Length > 0)
        {
            _output.WriteLine($"  other bytes than usual: {string.Join(", ", other)}");
        }

        if (decode || other.Length > 0)
        {
            await DecodesAsync(run);
        }

        await Until.TrueAsync(() => _host.MediaProcesses().Count == 0, "no FFmpeg process is left");
        Assert.Empty(_host.WorkFolders());
    }

    /// <summary>Both states are COMPLETED, the push was received, and the orchestration has ended as it should.</summary>
    private async Task CompletesAsync(KillRun run)
    {
        JsonElement video = await _client.GetVideoAsync(run.VideoId);
        Assert.Equal("COMPLETED", video.GetProperty("job").GetProperty("status").GetString());
        Assert.Equal("COMPLETED", video.GetProperty("notification").GetProperty("status").GetString());
        Assert.All(
            _listener.Received.Where(notice => notice.VideoId == run.VideoId && notice.IsFinal),
            notice => Assert.Equal("video.completed", notice.Type));
        JsonElement feed = await _client.DemandAsync(HttpMethod.Get, "api/feeds?limit=50");
        Assert.Single(feed.GetProperty("items").EnumerateArray(), item => item.GetProperty("videoId").GetString() == run.VideoId);

        await Until.TrueAsync(
            () => _host.Journal.Find(run.Instance!) is (InstanceStatus.Completed, "\"acknowledged\""), "the orchestration ends");
        IReadOnlyList<JournalEvent> events = _host.Journal.Read(run.Instance!);
        Assert.Distinct(events.Where(entry => entry.Kind == JournalEventKind.ActivityScheduled).Select(entry => entry.Number));
        Assert.Distinct(events
            .Where(entry => entry.Kind is JournalEventKind.ActivityCompleted or JournalEventKind.ActivityFailed)
            .Select(entry => entry.Number));
        if (_usual.Events.Count > 0)
        {
            Assert.Equal(UsualRun.Completed(_usual.Events), UsualRun.Completed(events));
        }
    }

    private async Task DecodesAsync(KillRun run)
    {
        JsonElement video = await _client.GetVideoAsync(run.VideoId);
        var master = new Uri(_host.Url, video.GetProperty("playback").GetProperty("master").GetString());
        Assert.Equal("", await Clips.DecodeAsync(master));
    }
}
