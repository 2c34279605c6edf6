using VodFunctions.Local.Durable.Journaling;
using VodFunctions.Local.Tests.EndToEnd.Harness;

namespace VodFunctions.Local.Tests.EndToEnd.Killing;

/// <summary>One job with its uploader's browser, whose host is killed at given moments and started again on its data.</summary>
internal sealed class KillRun(
    HostProcess host, VodClient client, NoticeListener listener, StoredBlobs blobs, UsualRun usual, PostAt postAt)
{
    private readonly Dictionary<Milestone, TaskCompletionSource> _milestones = Enum.GetValues<Milestone>().ToDictionary(
        milestone => milestone, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    private readonly TaskCompletionSource _killed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // A number of a completed activity, and the life of the host that it was completed in, or before.
    private readonly Dictionary<int, int> _completed = [];
    private string? _videoId;

    public HostProcess Host => host;

    public UsualRun Usual => usual;

    /// <summary>The orchestration; null before there is a ticket.</summary>
    public string? Instance => _videoId is null ? null : $"{_videoId}-1";

    public string VideoId => _videoId!;

    public Task ReachedAsync(Milestone milestone) => _milestones[milestone].Task.WaitAsync(Until.Limit);

    public Task<int> CountMediaAsync() => _videoId is null ? Task.FromResult(0) : blobs.CountMediaAsync(_videoId);

    /// <summary>A line of this start of the host about this job.</summary>
    public async Task LineAsync(string part, string end)
    {
        int life = host.Life;
        await ReachedAsync(Milestone.Ticketed);
        await host.Log.WaitForAsync(line =>
            line.Life == life && line.Has(Instance + part) && line.Text.EndsWith(end, StringComparison.Ordinal));
    }

    /// <summary>Runs to the end, through all kills.</summary>
    /// <exception cref="InvalidOperationException">A moment did not come.</exception>
    public async Task RunAsync(IReadOnlyList<KillPoint> kills)
    {
        Task browser = BrowseAsync();
        for (int index = 0; index < kills.Count; index++)
        {
            Task reached = kills[index].ReachedAsync(this);
            if (await Task.WhenAny(reached, browser) == browser && !reached.IsCompleted)
            {
                await browser;

                // A moment that depends on how fast the machine was before may not come; the first one always does.
                if (index > 0)
                {
                    return;
                }
            }

            await reached;
            await KillAsync();
            if (index + 1 < kills.Count && kills[index + 1].WhileStarting)
            {
                host.Launch();
            }
            else
            {
                await host.StartAgainAsync();
            }
        }

        await browser;
    }

    /// <summary>The activity runs that were begun again although the journal had their result when the host was killed.</summary>
    public IEnumerable<string> DoneAgain() => host.Log.Lines
        .Where(line => KillPoint.StartedNumber(line, Instance!) is { } number
            && _completed.TryGetValue(number, out int life) && line.Life > life)
        .Select(line => line.Text);

    private async Task KillAsync()
    {
        await host.KillAsync();
        if (Instance is { } id)
        {
            foreach (JournalEvent entry in host.Journal.Read(id).Where(entry => entry.Kind == JournalEventKind.ActivityCompleted))
            {
                _completed.TryAdd(entry.Number!.Value, host.Life);
            }
        }

        _killed.TrySetResult();
        if (postAt == PostAt.WhileDown)
        {
            await ReachedAsync(Milestone.Posting);
        }
    }

    private async Task BrowseAsync()
    {
        byte[] clip = await Clips.TinyAsync;
        Ticket ticket = await client.RequestUploadAsync(clip.Length);
        _videoId = ticket.VideoId;
        Reach(Milestone.Ticketed);
        if (postAt == PostAt.BeforeUpload)
        {
            await PostAsync();
        }

        IReadOnlyList<string> blocks = await ticket.StageAsync(clip);
        Reach(Milestone.Staged);
        await ticket.CommitAsync(blocks);
        Reach(Milestone.Uploaded);
        if (postAt != PostAt.BeforeUpload)
        {
            await (postAt switch
            {
                PostAt.DuringJob => Until.TrueAsync(async () => await client.JobStatusAsync(VideoId) is not null, "a job"),
                PostAt.AfterJob => client.JobBecomesAsync(VideoId, "COMPLETED"),
                _ => _killed.Task.WaitAsync(Until.Limit),
            });
            await PostAsync();
        }

        await listener.NoticeOfAsync(VideoId);
        Reach(Milestone.Pushed);
        Reach(Milestone.Acknowledging);
        await client.AcknowledgeAsync(VideoId);
        Reach(Milestone.Acknowledged);
        await client.NotificationBecomesAsync(VideoId, "COMPLETED");
        Reach(Milestone.Ended);
    }

    private async Task PostAsync()
    {
        Reach(Milestone.Posting);
        await client.SubmitPostAsync(VideoId);
        Reach(Milestone.Posted);
    }

    private void Reach(Milestone milestone) => _milestones[milestone].TrySetResult();
}
