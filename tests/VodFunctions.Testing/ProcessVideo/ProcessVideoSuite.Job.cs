using VodFunctions.Core.Maintenance;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Problems;
using VodFunctions.Core.Processing;
using VodFunctions.Core.Uploads;
using VodFunctions.Core.Videos;
using Xunit;

namespace VodFunctions.Testing.ProcessVideo;

/// <summary>From the stored upload to COMPLETED or ERROR.</summary>
public abstract partial class ProcessVideoSuite
{
    private const string Largest = "v720-4000k";

    [Fact]
    public async Task An_upload_becomes_a_whole_video()
    {
        VideoId videoId = await ArrivedAsync();

        await DriveUntilAsync(() => HasEnded(videoId), "the job's end");

        VideoRecord record = Record(videoId);
        Assert.Equal((JobStatus.Completed, JobStep.Done, 100), (record.Job!.Status, record.Job.Step, record.Job.Percent));
        Assert.Equal([Largest, "v480-2000k", "v240-500k"], record.Published!.Renditions.Select(rendition => rendition.Name));
        string root = $"{videoId}/1/";
        string[] expected =
        [
            "master.m3u8", "poster.jpg", "storyboard.jpg", "storyboard.vtt", "a128k/index.m3u8", "a128k/init.mp4",
            "v720-4000k/index.m3u8", "v480-2000k/index.m3u8", "v240-500k/index.m3u8", "v240-500k/seg_00000.m4s",
        ];
        Assert.All(expected, file => Assert.Contains(root + file, World.MediaStore.Names));
        Assert.Equal(MarkerKind.Job, Assert.Single(World.Markers.All).Kind);
        await World.PostAsync(videoId);
        await UntilAsync(() => Notice(videoId, NotificationStatus.Sent), "SENT");
        await AcknowledgeAsync(videoId);
        await UntilAsync(() => World.Markers.All.Count == 0, "the marker to be removed");
        Assert.All(World.Media.Calls, call => Assert.Equal(1, call.Value));
    }

    [Fact]
    public async Task The_same_upload_event_five_times_at_once_runs_one_job()
    {
        VideoId videoId = await World.IssueAsync();
        StoredUpload stored = World.Uploads.Put(videoId, 1);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(
            _ => Task.Run(() => World.Get<UploadArrivals>().HandleAsync(videoId, stored.ETag, stored.SizeBytes, default))));
        await DriveUntilAsync(() => HasEnded(videoId), "the job's end");

        Assert.All(World.Media.Calls, call => Assert.Equal(1, call.Value));
    }

    [Fact]
    public async Task Nothing_can_be_reached_before_everything_is_made()
    {
        TaskCompletionSource gate = Hold("stills");
        VideoId videoId = await ArrivedAsync();

        await UntilAsync(() => World.WorkStore.Names.Count == 4, "the tracks");
        Assert.DoesNotContain(World.MediaStore.Names, name => name.EndsWith("m3u8", StringComparison.Ordinal));
        Assert.InRange(Record(videoId).Job!.Percent, 1, 99);

        gate.SetResult();
        await DriveUntilAsync(() => HasEnded(videoId), "the job's end");
        Assert.Contains($"{videoId}/1/master.m3u8", World.MediaStore.Names);
    }

    [Theory]
    [InlineData(JobErrorCode.NotAVideo)]
    [InlineData(JobErrorCode.MalformedVideo)]
    [InlineData(JobErrorCode.TooManyPixels)]
    [InlineData(JobErrorCode.TooMuchWork)]
    public async Task A_rejection_ends_the_job_at_once_and_removes_the_upload(JobErrorCode code)
    {
        World.Media.OnProbe = (_, _) => Task.FromResult(ProbeOutcome.Rejected(code, "no"));
        VideoId videoId = await ArrivedAsync();

        await UntilAsync(() => HasEnded(videoId) && IsIdle(), "the job's end");

        Assert.Equal((JobStatus.Error, code), (Record(videoId).Job!.Status, Record(videoId).Job!.Error!.Code));
        Assert.Equal(1, World.Media.Calls["probe"]);
        Assert.Null(await World.Uploads.FindAsync(videoId, default));
        Assert.Empty(World.MediaStore.Names);
        Assert.Equal(ProblemCode.JobNotRequeueable, await RequeueProblemAsync(videoId));
    }

    [Fact]
    public async Task An_empty_blob_is_no_upload_yet_and_the_file_that_follows_is_the_one()
    {
        VideoId videoId = await World.IssueAsync();
        StoredUpload empty = World.Uploads.Put(videoId);
        Assert.Equal(
            ArrivalOutcome.Empty,
            await World.Get<UploadArrivals>().HandleAsync(videoId, empty.ETag, empty.SizeBytes, default));
        Assert.NotNull(await World.Get<UploadTickets>().RenewAsync(VodWorld.Alice, videoId, default));

        await World.ArriveAsync(videoId);
        await DriveUntilAsync(() => HasEnded(videoId), "the job's end");

        Assert.Equal(JobStatus.Completed, Record(videoId).Job!.Status);
    }

    [Theory]
    [InlineData(JobErrorCode.EncodeFailed)]
    [InlineData(JobErrorCode.MalformedVideo)]
    public async Task A_video_whose_stills_cannot_be_made_is_published_without(JobErrorCode code)
    {
        World.Media.OnMake = (name, _, _) =>
            name == "stills" ? throw new MediaToolException(code, "no") : Task.CompletedTask;
        VideoId videoId = await ArrivedAsync();

        await DriveUntilAsync(() => HasEnded(videoId), "the job's end");

        VideoRecord record = Record(videoId);
        Assert.Equal(JobStatus.Completed, record.Job!.Status);
        Assert.Equal(((string?)null, (string?)null), (record.Published!.Poster, record.Published.Storyboard));
        Assert.Contains($"{videoId}/1/master.m3u8", World.MediaStore.Names);
    }

    [Fact]
    public async Task More_work_than_one_video_may_be_is_refused_before_anything_is_made()
    {
        // An hour of 6000x6000 with 60 pictures a second.
        World.Media.OnProbe = (_, _) => Task.FromResult(ProbeOutcome.Accepted(
            ScriptedMedia.Facts with { PictureCount = 216_000, CodedPixels = 36_000_000 }));
        VideoId videoId = await ArrivedAsync();

        await UntilAsync(() => HasEnded(videoId) && IsIdle(), "the job's end");

        Assert.Equal(JobErrorCode.TooMuchWork, Record(videoId).Job!.Error!.Code);
        Assert.Equal(["probe"], World.Media.Calls.Keys);
        Assert.Null(await World.Uploads.FindAsync(videoId, default));
        Assert.Equal(ProblemCode.JobNotRequeueable, await RequeueProblemAsync(videoId));
    }

    [Theory]
    [InlineData("the same words", "the same words", 0.9, 0.91, 2)]
    [InlineData("the same words", "other words", 0.9, 0.9, 4)]
    [InlineData("the same words", "the same words", 0.5, 0.9, 4)]
    public async Task An_encoder_that_fails_twice_at_the_same_place_with_the_same_words_is_not_tried_again(
        string odd, string even, double oddPlace, double evenPlace, int calls)
    {
        World.Media.OnMake = (name, call, _) => name != Largest ? Task.CompletedTask
            : call % 2 == 1 ? throw new EncodeFailedException(odd, oddPlace) : throw new EncodeFailedException(even, evenPlace);
        VideoId videoId = await ArrivedAsync();

        await DriveUntilAsync(() => HasEnded(videoId), "the job's end");
        await UntilAsync(IsIdle, "an idle engine");

        Assert.Equal(JobErrorCode.EncodeFailed, Record(videoId).Job!.Error!.Code);
        Assert.Equal(calls, World.Media.Calls[Largest]);
        Assert.Empty(World.WorkStore.Names);
    }

    [Fact]
    public async Task A_passing_failure_is_retried_and_costs_time_only()
    {
        World.Media.OnMake = (name, call, _) => name == Largest && call < 3 ? throw new EncodeFailedException("crash") : Task.CompletedTask;
        VideoId videoId = await ArrivedAsync();

        await DriveUntilAsync(() => HasEnded(videoId), "the job's end");

        Assert.Equal(JobStatus.Completed, Record(videoId).Job!.Status);
        Assert.Equal((3, 1), (World.Media.Calls[Largest], World.Media.Calls["v240-500k"]));
    }

    [Fact]
    public async Task A_lasting_failure_ends_in_ENCODE_FAILED_and_leaves_nothing_behind_but_the_upload()
    {
        World.Media.OnMake = (name, _, _) => name == Largest ? throw new EncodeFailedException("crash") : Task.CompletedTask;
        VideoId videoId = await ArrivedAsync();

        await DriveUntilAsync(() => HasEnded(videoId), "the job's end");
        await UntilAsync(IsIdle, "an idle engine");

        Assert.Equal(JobErrorCode.EncodeFailed, Record(videoId).Job!.Error!.Code);
        Assert.Equal(4, World.Media.Calls[Largest]);
        Assert.Empty(World.MediaStore.Names);
        Assert.Empty(World.WorkStore.Names);
        Assert.NotNull(await World.Uploads.FindAsync(videoId, default));
    }

    [Fact]
    public async Task A_full_disk_ends_in_INTERNAL_without_telling_paths()
    {
        World.Media.OnMake = (name, _, _) =>
            name == Largest ? throw new IOException("No space left on device : '/secret/place'") : Task.CompletedTask;
        VideoId videoId = await ArrivedAsync();

        await DriveUntilAsync(() => HasEnded(videoId), "the job's end");

        Assert.Equal(JobErrorCode.Internal, Record(videoId).Job!.Error!.Code);
        Assert.DoesNotContain("secret", Record(videoId).Job!.Error!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_took_too_long_is_not_tried_again()
    {
        World.Media.OnMake = (name, _, _) => name == Largest ? throw new MediaTimedOutException("slow") : Task.CompletedTask;
        VideoId videoId = await ArrivedAsync();

        await DriveUntilAsync(() => HasEnded(videoId), "the job's end");

        Assert.Equal(JobErrorCode.TimedOut, Record(videoId).Job!.Error!.Code);
        Assert.Equal(1, World.Media.Calls[Largest]);
    }

    [Fact]
    public async Task A_source_that_vanishes_or_is_replaced_ends_in_SOURCE_GONE()
    {
        World.Media.OnAcquire = (_, _) => throw new SourceGoneException("gone");
        VideoId vanished = await ArrivedAsync();
        await UntilAsync(() => HasEnded(vanished), "the job's end");
        Assert.Equal(JobErrorCode.SourceGone, Record(vanished).Job!.Error!.Code);

        VideoId replaced = await World.IssueAsync();
        StoredUpload first = World.Uploads.Put(replaced, 1);
        World.Uploads.Put(replaced, 2);
        await World.Get<UploadArrivals>().HandleAsync(replaced, first.ETag, first.SizeBytes, default);
        await UntilAsync(() => HasEnded(replaced), "the job's end");
        Assert.Equal(JobErrorCode.SourceGone, Record(replaced).Job!.Error!.Code);
    }

    [Fact]
    public async Task A_job_that_hangs_ends_at_its_deadline_and_its_work_is_cancelled()
    {
        var cancelled = new TaskCompletionSource();
        World.Media.OnMake = async (name, _, token) =>
        {
            if (name == Largest)
            {
                try
                {
                    await Task.Delay(Timeout.Infinite, token);
                }
                catch (OperationCanceledException)
                {
                    cancelled.TrySetResult();
                    throw;
                }
            }
        };
        VideoId videoId = await ArrivedAsync();
        await UntilAsync(() => World.Media.Calls.ContainsKey(Largest), "the transcode");

        World.Time.Advance(TimeSpan.FromHours(24));
        await UntilAsync(() => HasEnded(videoId), "the job's end");
        await TickUntilAsync(cancelled.Task, "the work's end");

        Assert.Equal(JobErrorCode.TimedOut, Record(videoId).Job!.Error!.Code);
        await UntilAsync(() => IsIdle() && World.MediaStore.Names.Count == 0, "the clean-up");
    }

    [Fact]
    public async Task A_failed_job_can_be_requeued_and_then_completes()
    {
        World.Media.OnMake = (_, _, _) => throw new EncodeFailedException("crash");
        VideoId videoId = await ArrivedAsync();
        await World.PostAsync(videoId);
        await DriveUntilAsync(() => Notice(videoId, NotificationStatus.Sent), "the first notice");
        World.Media.OnMake = (_, _, _) => Task.CompletedTask;

        await World.Get<Requeueing>().RequeueAsync(VodWorld.Admin, videoId, default);
        Assert.Equal((JobStatus.Pending, 2), (Record(videoId).Job!.Status, Record(videoId).Job!.Attempt));
        await DriveUntilAsync(() => Pushed().Count == 2, "the second notice");

        Assert.Equal(JobStatus.Completed, Record(videoId).Job!.Status);
        Assert.Contains($"\"notificationId\":\"{videoId}-2\"", Pushed()[1], StringComparison.Ordinal);
        Assert.All(World.MediaStore.Names, name => Assert.StartsWith($"{videoId}/2/", name, StringComparison.Ordinal));
        Assert.Equal(ProblemCode.JobNotRequeueable, await RequeueProblemAsync(videoId));
    }

    [Fact]
    public async Task Requeueing_while_it_runs_or_without_the_right_is_refused()
    {
        TaskCompletionSource gate = Hold(Largest);
        VideoId videoId = await ArrivedAsync();
        await UntilAsync(() => World.Media.Calls.ContainsKey(Largest), "the transcode");

        Assert.Equal(ProblemCode.JobNotRequeueable, await RequeueProblemAsync(videoId));
        Assert.Equal(ProblemCode.Forbidden, await RequeueProblemAsync(videoId, VodWorld.Alice));
        gate.SetResult();
    }

    [Fact]
    public async Task A_video_deleted_in_mid_transcode_leaves_a_tombstone_only()
    {
        var cancelled = new TaskCompletionSource();
        World.Media.OnMake = async (name, _, token) =>
        {
            if (name == Largest)
            {
                await using CancellationTokenRegistration registration = token.Register(() => cancelled.TrySetResult());
                await Task.Delay(Timeout.Infinite, token);
            }
        };
        VideoId videoId = await ArrivedAsync();
        await World.PostAsync(videoId);
        await UntilAsync(() => World.Media.Calls.ContainsKey(Largest), "the transcode");

        await World.Get<VideoDeletion>().DeleteAsync(VodWorld.Alice, videoId, default);
        await TickUntilAsync(cancelled.Task, "the work's end");
        await UntilAsync(IsIdle, "an idle engine");
        World.Time.Advance(TimeSpan.FromHours(1));
        await World.Get<Sweep>().RunAsync(default);

        Assert.True(Record(videoId).IsDeleted);
        Assert.Empty(World.MediaStore.Names);
        Assert.Empty(World.WorkStore.Names);
        Assert.Empty(World.Markers.All);
        Assert.Null(await World.Uploads.FindAsync(videoId, default));
        Assert.Empty(Pushed());
    }

    private async Task<ProblemCode> RequeueProblemAsync(VideoId videoId, Caller? caller = null) =>
        (await Assert.ThrowsAsync<ProblemException>(
            () => World.Get<Requeueing>().RequeueAsync(caller ?? VodWorld.Admin, videoId, default))).Code;
}
