namespace VodFunctions.Demo;

/// <summary>Takes one video through the whole job, as the browser app does.</summary>
internal sealed class DemoRun(HttpClient http, DemoClip clip, IDemoView view, TimeProvider time)
{
    private const string Uploading = "upload";
    private const string Processing = "process";
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(250);

    private readonly ApiClient _api = new(http);
    private readonly Timeline _timeline = new(time);
    private bool _posted;

    /// <summary>Runs to the acknowledged notice, and fetches the first segment.</summary>
    /// <exception cref="DemoException">A step was refused.</exception>
    public async Task<DemoResult> RunAsync(CancellationToken cancellationToken)
    {
        await _api.SignInAsync("demo", cancellationToken);
        await using var socket = new NoticeSocket();
        await socket.ConnectAsync(await _api.ConnectAsync(cancellationToken), cancellationToken);
        _timeline.Add("signed in, connected for notices");

        string videoId = await UploadAsync(cancellationToken);
        VideoAnswer video = await FollowAsync(videoId, cancellationToken);
        await TakeNoticeAsync(socket, videoId, cancellationToken);
        video = await WaitAsync(videoId, answer => answer.Notification?.Status == "COMPLETED", cancellationToken);
        _timeline.Add("notice COMPLETED");

        Uri? watch = await PlayAsync(video, cancellationToken);
        return new(video, watch, new Uri(http.BaseAddress!, $"/videos/{videoId}"), _timeline.Entries);
    }

    private async Task<string> UploadAsync(CancellationToken cancellationToken)
    {
        TicketAnswer ticket = await _api.RequestUploadAsync(clip, cancellationToken);
        _timeline.Add($"upload ticket for video {ticket.VideoId}");
        var upload = new BlockUpload(_api, time);
        await upload.RunAsync(clip, ticket, percent => view.Progress(Uploading, percent), cancellationToken);
        _timeline.Add($"uploaded {clip.SizeBytes:N0} bytes");
        return ticket.VideoId;
    }

    // Polls for step and percent, and presses "submit" in the middle: the post comes neither first nor last.
    private async Task<VideoAnswer> FollowAsync(string videoId, CancellationToken cancellationToken)
    {
        string? step = null;
        return await WaitAsync(
            videoId,
            async video =>
            {
                if (video.Job is not { } job)
                {
                    return false;
                }

                if (job.Step != step || job.HasEnded)
                {
                    step = job.Step;
                    _timeline.Add(job.HasEnded ? $"job {job.Status}" : $"job {job.Status}: {job.Step}");
                }

                view.Progress(Processing, job.HasEnded ? 100 : job.Percent);
                if (!_posted && (job.HasEnded || job.Step == "transcode"))
                {
                    _posted = true;
                    await _api.SubmitPostAsync(videoId, "A demo clip.", cancellationToken);
                    _timeline.Add("post submitted");
                }

                return job.HasEnded;
            },
            cancellationToken);
    }

    private async Task TakeNoticeAsync(NoticeSocket socket, string videoId, CancellationToken cancellationToken)
    {
        Notice notice;
        do
        {
            notice = await socket.NextAsync(cancellationToken);
        }
        while (notice.VideoId != videoId || notice.Type is not ("video.completed" or "video.failed"));

        _timeline.Add($"push received: {notice.Type}");
        await _api.AcknowledgeAsync(notice, cancellationToken);
        _timeline.Add("acknowledged");
    }

    private async Task<Uri?> PlayAsync(VideoAnswer video, CancellationToken cancellationToken)
    {
        if (video.Playback is not { } playback)
        {
            return null;
        }

        var player = new PlaybackCheck(http);
        Uri master = player.Resolve(playback.Master);
        long bytes = await player.FetchFirstSegmentAsync(master, cancellationToken);
        _timeline.Add($"first segment fetched, {bytes:N0} bytes");
        return master;
    }

    private Task<VideoAnswer> WaitAsync(
        string videoId, Func<VideoAnswer, bool> until, CancellationToken cancellationToken) =>
        WaitAsync(videoId, video => Task.FromResult(until(video)), cancellationToken);

    private async Task<VideoAnswer> WaitAsync(
        string videoId, Func<VideoAnswer, Task<bool>> until, CancellationToken cancellationToken)
    {
        while (true)
        {
            VideoAnswer video = await _api.GetVideoAsync(videoId, cancellationToken);
            if (await until(video))
            {
                return video;
            }

            await Task.Delay(s_poll, time, cancellationToken);
        }
    }
}
