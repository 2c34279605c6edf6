using System.Text.Json;
using VodFunctions.Local.Tests.EndToEnd.Harness;
using VodFunctions.Testing.Azurite;
using Xunit;

namespace VodFunctions.Local.Tests.EndToEnd.Faults;

/// <summary>What became of a bad file.</summary>
/// <param name="JobCode">Of the job's error.</param>
/// <param name="NoticeType">What was pushed after the post.</param>
/// <param name="NoticeCode">The code in it.</param>
/// <param name="Left">Blobs in <c>uploads</c> and <c>media</c>.</param>
/// <param name="Requeue">The answer to a requeue.</param>
public sealed record Verdict(
    string? JobCode, string? NoticeType, string? NoticeCode, IReadOnlyList<string> Left, (int Status, string? Code) Requeue);

/// <summary>Puts all bad files through one host at once; each test then looks at its own.</summary>
public sealed class RejectedUploads : IAsyncLifetime
{
    private readonly Dictionary<string, Task<Verdict>> _verdicts = [];
    private Traps _traps = null!;
    private HostProcess _host = null!;
    private VodClient _client = null!;
    private VodClient _admin = null!;
    private NoticeListener _listener = null!;
    private StoredBlobs _blobs = null!;

    internal Traps Traps => _traps;

    public Task<Verdict> this[string name] => _verdicts[name];

    public async Task InitializeAsync()
    {
        string account = (await AzuriteServer.SharedAsync).NewAccount();
        _blobs = new StoredBlobs(account);
        _traps = await Traps.SetAsync();
        _host = await HostProcess.StartAsync(
            account, "--Vod:Uploads:MaxBytes", "5000000", "--Vod:Limits:MaxDuration", "00:00:03");
        _client = await VodClient.SignInAsync(_host, "uploader");
        _admin = await VodClient.SignInAsync(_host, "operator", "admin");
        _listener = await NoticeListener.OpenAsync(_client);

        Try("text", () => Task.FromResult("This is no video at all, only text.\n"u8.ToArray()));
        Try("truncated", BadFiles.TruncatedAsync);
        Try("without index", BadFiles.WithoutIndexAsync);
        Try("mp3", BadFiles.Mp3Async);
        Try("m4a", BadFiles.M4aAsync);
        Try("mp3 with cover", BadFiles.Mp3WithCoverAsync);
        Try("m4a with cover", BadFiles.M4aWithCoverAsync);
        Try("png", BadFiles.PngAsync);
        Try("jpeg", BadFiles.JpegAsync);
        Try("one picture", BadFiles.OnePictureAsync);
        Try("HLS playlist", () => Task.FromResult(BadFiles.HlsPlaylist(_traps.Secret, _traps.Url)));
        Try("ffconcat script", () => Task.FromResult(BadFiles.ConcatScript(_traps.Secret, _traps.Url)));
        Try("SDP", () => Task.FromResult(BadFiles.Sdp(_traps.Url)));
        Try("playlist behind a box", () => Task.FromResult(BadFiles.PlaylistBehindBox(_traps.Secret, _traps.Url)));
        Try("16000x9000", BadFiles.HugePictureAsync);
        Try("more than declared", () => Task.FromResult(new byte[8_000_000]), declaredBytes: 1_000_000);
        Try("too long", BadFiles.TooLongAsync);
        Try("too short", BadFiles.TooShortAsync);
        Try("unknown codec", BadFiles.UnknownCodecAsync);
    }

    public async Task DisposeAsync()
    {
        await ((Task)Task.WhenAll(_verdicts.Values)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _listener.DisposeAsync();
        _client.Dispose();
        _admin.Dispose();
        await _host.DisposeAsync();
        await _traps.DisposeAsync();
    }

    private void Try(string name, Func<Task<byte[]>> make, long? declaredBytes = null) =>
        _verdicts[name] = Task.Run(() => RunAsync(make, declaredBytes));

    private async Task<Verdict> RunAsync(Func<Task<byte[]>> make, long? declaredBytes)
    {
        string videoId = await _client.UploadAsync(await make(), declaredBytes);
        string? jobCode = await _client.EndOfJobAsync(videoId);
        Assert.Null(_listener.Find(videoId, 1));
        await _client.SubmitPostAsync(videoId);
        JsonElement notice = await _listener.NoticeOfAsync(videoId, 1);
        await _client.AcknowledgeAsync(videoId);
        return new Verdict(
            jobCode,
            notice.GetProperty("type").GetString(),
            Notices.CodeOf(notice),
            [.. (await _blobs.OfVideoAsync(videoId)).Where(blob => !blob.StartsWith("state/", StringComparison.Ordinal))],
            await _admin.TryRequeueAsync(videoId));
    }
}
