using System.Collections.Concurrent;
using VodFunctions.Core.Maintenance;
using VodFunctions.Core.Notifications;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Problems;
using VodFunctions.Core.Processing;
using VodFunctions.Core.Processing.Activities;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Uploads;
using VodFunctions.Core.Videos;
using Xunit;

namespace VodFunctions.Testing.ProcessVideo;

/// <summary>Every event in every state: <see cref="NoticeTable"/>, cell by cell.</summary>
public abstract partial class ProcessVideoSuite
{
    private const string Is = "is";
    private const string NoSuchEvent = ".";
    private const int CellsAtOnce = 8;

    private static readonly Dictionary<ProblemCode, string> s_refusals = new()
    {
        [ProblemCode.InvalidRequest] = "!400",
        [ProblemCode.Forbidden] = "!403",
        [ProblemCode.NotFound] = "!404",
        [ProblemCode.NotificationNotDue] = "!early",
        [ProblemCode.PostExists] = "!other",
        [ProblemCode.PostExpired] = "!late",
        [ProblemCode.JobNotRequeueable] = "!final",
    };

    private static readonly JobId s_otherVideo = JobId.Parse("ffffffffffffffffffffffffffffffff-1");
    private static readonly TimeSpan s_wholeSchedule = TimeSpan.FromMinutes(72.5);

    // What is due at the end of a time is done a little later: what still runs looks every 2 s whether its job has ended.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(3);

    private TaskCompletionSource _gate = new();
    private VideoId _videoId;
    private int _held;

    public static TheoryData<string> StatesOfTheTable => [.. NoticeTable.Table.States];

    [Fact]
    public void The_table_is_about_every_event_in_every_state()
    {
        Assert.Equal(States.Keys, NoticeTable.Table.States);
        Assert.Equal([Is, .. Events.Keys], NoticeTable.Table.Events);
    }

    [Theory]
    [MemberData(nameof(StatesOfTheTable))]
    public async Task Every_event_does_what_the_table_says(string state)
    {
        // What is refused changes nothing, which is looked at after each: those cells share a world, one after the other.
        ILookup<bool, string> events = Events.Keys.ToLookup(happening => IsWithoutEffect(NoticeTable.Table[state, happening]));
        string[][] worlds = [[.. events[true]], .. events[false].Select(happening => new[] { happening })];
        var mistakes = new ConcurrentQueue<string>();
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = CellsAtOnce };
        await Parallel.ForEachAsync(worlds, atOnce, async (happenings, _) =>
        {
            foreach (string mistake in await InWorldOfItsOwnAsync(suite => suite.TryCellsAsync(state, happenings)))
            {
                mistakes.Enqueue(mistake);
            }
        });
        Assert.True(mistakes.IsEmpty, string.Join('\n', mistakes.Order()));

        static bool IsWithoutEffect(string cell) => cell == NoSuchEvent || s_refusals.ContainsValue(cell);
    }

    /// <summary>How to get to each state, from nothing.</summary>
    private Dictionary<string, Func<Task>> States => new()
    {
        ["ticket"] = async () => _videoId = await World.IssueAsync(),
        ["ticket+post"] = () => AllAsync(States["ticket"], () => PostAsync()),
        ["running"] = () => AllAsync(HoldTranscode, States["ticket"], ArriveAsync),
        ["running+post"] = () => AllAsync(HoldTranscode, States["ticket+post"], ArriveAsync),
        ["made"] = () => AllAsync(States["ticket"], ArriveAsync),
        ["made due"] = () => AllAsync(CutPushes, States["made sent"]),
        ["made sent"] = () => AllAsync(States["ticket+post"], ArriveAsync),
        ["made seen"] = () => AllAsync(States["made sent"], () => AcknowledgeAsync(_videoId)),
        ["made unseen"] = () => AllAsync(States["made sent"], () => JumpAsync(TimeSpan.FromHours(24))),
        ["made unposted"] = () => AllAsync(States["made"], () => JumpAsync(TimeSpan.FromDays(7))),
        ["broken"] = () => AllAsync(BreakTranscode, States["made"]),
        ["broken due"] = () => AllAsync(BreakTranscode, States["made due"]),
        ["broken sent"] = () => AllAsync(BreakTranscode, States["made sent"]),
        ["broken seen"] = () => AllAsync(BreakTranscode, States["made seen"]),
        ["broken unseen"] = () => AllAsync(BreakTranscode, States["made unseen"]),
        ["broken unposted"] = () => AllAsync(BreakTranscode, States["made unposted"]),
        ["rejected"] = () => AllAsync(RejectSource, States["made"]),
        ["rejected sent"] = () => AllAsync(RejectSource, States["made sent"]),
        ["rejected seen"] = () => AllAsync(RejectSource, States["made seen"]),
        ["again running"] = () => AllAsync(States["broken sent"], HoldTranscode, () => RequeueAsync()),
        ["again due"] = () => AllAsync(States["broken sent"], MendTranscode, CutPushes, () => RequeueAsync()),
        ["again sent"] = () => AllAsync(States["broken sent"], MendTranscode, () => RequeueAsync()),
        ["again seen"] = () => AllAsync(States["again sent"], () => AcknowledgeAsync(_videoId)),
        ["again unseen"] = () => AllAsync(States["again sent"], () => JumpAsync(TimeSpan.FromHours(24))),
        ["deleted"] = () => AllAsync(States["made sent"], () => DeleteAsync(VodWorld.Alice)),
    };

    /// <summary>How to bring about each event, whatever the state.</summary>
    private Dictionary<string, Func<Task>> Events => new()
    {
        ["upload"] = ArriveAsync,
        ["post"] = () => PostAsync(),
        ["other"] = () => PostAsync(text: "Another text"),
        ["bob posts"] = () => PostAsync(VodWorld.Bob),
        ["completes"] = () => EndJobAsync(null),
        ["fails"] = () => EndJobAsync(new MediaTimedOutException("slow")),
        ["rejected"] = () => EndJobAsync(new MediaToolException(JobErrorCode.NotAVideo, "no")),
        ["ack"] = () => AcknowledgeAsync(VodWorld.Alice, null),
        ["ack id"] = () => AcknowledgeAsync(VodWorld.Alice, Current),
        ["ack x2"] = () => AllAsync(() => AcknowledgeAsync(VodWorld.Alice, null), () => AcknowledgeAsync(VodWorld.Alice, null)),
        ["ack old"] = () => AcknowledgeAsync(VodWorld.Alice, Of(Current.Attempt - 1)),
        ["ack new"] = () => AcknowledgeAsync(VodWorld.Alice, Of(Current.Attempt + 1)),
        ["ack else"] = () => AcknowledgeAsync(VodWorld.Alice, s_otherVideo),
        ["ack bob"] = () => AcknowledgeAsync(VodWorld.Bob, Current),
        ["ack viewer"] = () => AcknowledgeAsync(VodWorld.Viewer, Current),
        ["30 s"] = () => LiveThroughAsync(TimeSpan.FromSeconds(30)),
        ["schedule"] = () => LiveThroughAsync(s_wholeSchedule),
        ["24 h"] = () => LiveThroughAsync(TimeSpan.FromHours(24)),
        ["7 d"] = () => LiveThroughAsync(TimeSpan.FromDays(7)),
        ["30 d"] = () => LiveThroughAsync(TimeSpan.FromDays(30)),
        ["down"] = () => AllAsync(CutPushes, () => LiveThroughAsync(TimeSpan.FromSeconds(30))),
        ["back"] = () => AllAsync(MendPushes, () => LiveThroughAsync(TimeSpan.FromSeconds(30))),
        ["requeue"] = () => AllAsync(MendTranscode, () => RequeueAsync()),
        ["owner requeues"] = () => RequeueAsync(VodWorld.Alice),
        ["delete"] = () => DeleteAsync(VodWorld.Alice),
        ["admin deletes"] = () => DeleteAsync(VodWorld.Admin),
        ["bob deletes"] = () => DeleteAsync(VodWorld.Bob),
        ["stray post"] = () => RaiseAsync(ProcessVideoNames.FeedSubmitted),
        ["stray ack"] = () => RaiseAsync(ProcessVideoNames.NoticeAcknowledged),
        ["restart"] = RestartAsync,
    };

    /// <summary>The current attempt; the one to come where there is no job yet.</summary>
    private JobId Current => Of(Found?.Job?.Attempt ?? 1);

    private VideoRecord? Found => World.Records.All.SingleOrDefault(record => record.VideoId == _videoId);

    /// <summary>Brings about the state, then the events one after the other; says what is not as the table has it.</summary>
    private async Task<IReadOnlyList<string>> TryCellsAsync(string state, IReadOnlyList<string> happenings)
    {
        var mistakes = new List<string>();
        string happening = "";
        try
        {
            await AllAsync(States[state]);
            string before = NoticeTable.Table[state, Is];
            string found = await DescribeAsync(pushesBefore: Pushed().Count);
            if (found != before)
            {
                return [$"{state}: is {found}, not {before}"];
            }

            foreach (string each in happenings)
            {
                happening = each;
                string expected = NoticeTable.Table[state, happening];
                string actual = await HappenAsync(happening, before);
                if (actual != expected)
                {
                    mistakes.Add($"{state}, {happening}: {actual}, not {expected}");
                }
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            mistakes.Add($"{state}, {happening}: {exception.Message}");
        }

        return mistakes;
    }

    private async Task<string> HappenAsync(string happening, string before)
    {
        if (happening == "ack old" && Current.Attempt == 1)
        {
            return NoSuchEvent;
        }

        int pushesBefore = Pushed().Count;
        string refusal = "";
        try
        {
            await AllAsync(Events[happening]);
        }
        catch (ProblemException problem)
        {
            refusal = Word(problem.Code);
            await SettleAsync();
        }

        string after = await DescribeAsync(pushesBefore);
        return after != before ? refusal + after
            : refusal.Length > 0 ? refusal
            : "=";
    }

    /// <summary>Job and notice, pushes, and whether it is listed, in the table's words.</summary>
    private async Task<string> DescribeAsync(int pushesBefore)
    {
        string states = Found is { IsDeleted: false } record
            ? $"{Letter(record.Job?.Status.ToString())}{Letter(record.Notification?.Status.ToString())}"
            : "xx";
        int pushes = Pushed().Count - pushesBefore;
        JobId[] listed = await ListedForAsync(VodWorld.Alice);
        string list = listed.Length == 0 ? "" : listed.SequenceEqual([Current]) ? "*" : $" lists {string.Join(", ", listed)}";
        // The records hide what is stale in the index; it would stay there for good.
        string stale = World.NoticeIndex.Of(VodWorld.Alice.User).SequenceEqual(listed) ? "" : " and the index is stale";
        string others = (await ListedForAsync(VodWorld.Bob)).Length == 0 ? "" : " and others see it";
        return $"{states}{(pushes > 0 ? $"+{pushes}" : "")}{list}{stale}{others}";
    }

    private async Task<JobId[]> ListedForAsync(Caller caller) =>
        [.. (await World.Get<Notices>().ListAsync(caller, null, null, default)).Items.Select(notice => notice.NotificationId)];

    private static char Letter(string? status) => status is null ? '-' : status[0];

    private static string Word(ProblemCode code) => s_refusals.GetValueOrDefault(code, $"!{code}");

    private JobId Of(int attempt) => new(_videoId, attempt);

    private async Task ArriveAsync()
    {
        StoredUpload stored = await World.Uploads.FindAsync(_videoId, default) ?? World.Uploads.Put(_videoId, 1, 2, 3);
        await World.Get<UploadArrivals>().HandleAsync(_videoId, stored.ETag, stored.SizeBytes, default);
    }

    private async Task PostAsync(Caller? caller = null, string text = "Look at this") =>
        await World.PostAsync(_videoId, caller, text);

    private Task AcknowledgeAsync(Caller caller, JobId? notificationId) =>
        World.Get<Notices>().AcknowledgeAsync(caller, _videoId, notificationId, default);

    private Task RequeueAsync(Caller? caller = null) =>
        World.Get<Requeueing>().RequeueAsync(caller ?? VodWorld.Admin, _videoId, default);

    private Task DeleteAsync(Caller caller) => World.Get<VideoDeletion>().DeleteAsync(caller, _videoId, default);

    private Task RaiseAsync(string eventName) =>
        World.Get<IOrchestrationClient>().RaiseEventAsync(Current.ToString(), eventName, default);

    /// <summary>Lets the held job end; where none is held, its last activity runs once more, as activities may.</summary>
    private async Task EndJobAsync(Exception? failure)
    {
        if (_held == 0)
        {
            var error = failure is null ? null : new JobError(((MediaToolException)failure).Code);
            PublishedVideo? published = failure is null ? new("m", "p", "s", 1, []) : null;
            await World.Get<CloseJob>().RunAsync(new JobEnding(Current, published, error), default);
        }
        else if (failure is null)
        {
            _gate.SetResult();
            await UntilAsync(() => HasEnded(_videoId), "the job's end");
        }
        else
        {
            _gate.SetException(failure);
            await UntilAsync(() => HasEnded(_videoId), "the job's end");
        }
    }

    private Task HoldTranscode()
    {
        _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        World.Media.OnMake = async (name, _, token) =>
        {
            if (name == Largest)
            {
                Interlocked.Increment(ref _held);
                try
                {
                    await _gate.Task.WaitAsync(token);
                }
                finally
                {
                    Interlocked.Decrement(ref _held);
                }
            }
        };
        return Task.CompletedTask;
    }

    private Task BreakTranscode()
    {
        World.Media.OnMake = (_, _, _) => throw new MediaTimedOutException("slow");
        return Task.CompletedTask;
    }

    private Task MendTranscode()
    {
        World.Media.OnMake = (_, _, _) => Task.CompletedTask;
        return Task.CompletedTask;
    }

    private Task RejectSource()
    {
        World.Media.OnProbe = (_, _) => Task.FromResult(ProbeOutcome.Rejected(JobErrorCode.NotAVideo, "no"));
        return Task.CompletedTask;
    }

    private Task CutPushes()
    {
        World.Channel.Failure = new IOException("down");
        return Task.CompletedTask;
    }

    private Task MendPushes()
    {
        World.Channel.Failure = null;
        return Task.CompletedTask;
    }

    /// <summary>Time passes as it does: the clock stops at each of the engine's timers. At its end the sweep runs.</summary>
    private async Task LiveThroughAsync(TimeSpan time)
    {
        DateTimeOffset end = World.Time.GetUtcNow() + time + s_grace;
        await SettleAsync();
        while (NextTimerAt() + s_tick <= end)
        {
            World.Time.AdvanceTo(NextTimerAt()!.Value + s_tick);
            await SettleAsync();
        }

        World.Time.AdvanceTo(end);
        await UntilAsync(() => _held == 0 || Found is { Job.Status: JobStatus.Pending }, "the held work's end");
        await SettleAsync();
        await World.Get<Sweep>().RunAsync(default);
    }

    /// <summary>All of the time passes at once, as for a host that was off: quick, and without the pushes in between.</summary>
    private async Task JumpAsync(TimeSpan time)
    {
        await SettleAsync();
        World.Time.Advance(time + s_grace);
    }

    /// <summary>One after the other, waiting after each until nothing moves any more.</summary>
    private async Task AllAsync(params Func<Task>[] steps)
    {
        foreach (Func<Task> step in steps)
        {
            await step();
            await SettleAsync();
        }
    }

    /// <summary>Runs on a new instance of this very suite, as a test does.</summary>
    private async Task<T> InWorldOfItsOwnAsync<T>(Func<ProcessVideoSuite, Task<T>> run)
    {
        var suite = (ProcessVideoSuite)Activator.CreateInstance(GetType())!;
        await ((IAsyncLifetime)suite).InitializeAsync();
        try
        {
            return await run(suite);
        }
        finally
        {
            await ((IAsyncLifetime)suite).DisposeAsync();
        }
    }
}
