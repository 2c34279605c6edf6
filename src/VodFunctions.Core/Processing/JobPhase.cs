using Microsoft.DurableTask;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Transcoding;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Processing;

/// <summary>The part of <see cref="ProcessVideo"/> that makes the media: probe, plan, fan out, publish, under one deadline.</summary>
internal sealed class JobPhase(TaskOrchestrationContext context, UploadedVideo input, JobPolicy policy)
{
    private const int ProbedPercent = 5;
    private const int TranscodedPercent = 95;

    private readonly List<Task> _stragglers = [];

    /// <summary>Activities that were still running when the job ended early.</summary>
    public IReadOnlyList<Task> Stragglers => _stragglers;

    public async Task<JobEnding> RunAsync()
    {
        using var ended = new CancellationTokenSource();
        Task deadline = context.CreateTimer(policy.JobDeadline, ended.Token);
        try
        {
            return await RunAsync(deadline);
        }
        catch (JobEndedException early)
        {
            return new JobEnding(input.Job, null, early.Error);
        }
        catch (TaskFailedException failure)
        {
            return new JobEnding(input.Job, null, JobErrors.From(failure));
        }
        finally
        {
            // A pending timer would keep the instance alive.
            ended.Cancel();
        }
    }

    private async Task<JobEnding> RunAsync(Task deadline)
    {
        ProbeOutcome probed = await WithinAsync(deadline, context.CallWithRetryAsync(
            ProcessVideoActivities.ProbeSource, new SourceRef(input.Job, input.SourceETag), policy.Retry));
        if (probed.Facts is not { } facts)
        {
            throw new JobEndedException(probed.Error!);
        }

        TranscodePlan plan = TranscodePlan.Create(facts, policy);
        if (plan.Refusal(facts, policy) is { } refusal)
        {
            throw new JobEndedException(refusal);
        }

        var media = new MediaJob(
            input.Job, input.SourceETag!, facts, plan.Grid, policy.Packaging, policy.AudioBitrate);
        bool sharedAudio = facts.AudioStream is not null && policy.Packaging == Packaging.Cmaf;
        await ReportAsync(JobStep.Transcode, ProbedPercent);
        MadeStills? stills = await FanOutAsync(plan, media, sharedAudio, deadline);

        await ReportAsync(JobStep.Publish, TranscodedPercent);
        PublishedVideo published = await WithinAsync(deadline, context.CallWithRetryAsync(
            ProcessVideoActivities.PublishPlaylists,
            new PublishInput(
                input.Job, plan.Grid, [.. plan.Renditions.Select(rendition => rendition.Name)],
                sharedAudio ? AudioWork.NameOf(policy.AudioBitrate) : null, facts.AudioLanguage, stills),
            policy.Retry));
        return new JobEnding(input.Job, published, null);
    }

    private async Task<MadeStills?> FanOutAsync(TranscodePlan plan, MediaJob media, bool sharedAudio, Task deadline)
    {
        var pending = new List<(Task<WorkOutcome> Work, long Cost)>();
        foreach (IReadOnlyList<Ladder.Rendition> group in plan.Groups)
        {
            pending.Add((CallAsync(ProcessVideoActivities.Transcode, new TranscodeInput(media, group)), TranscodePlan.CostOf(group)));
        }

        if (sharedAudio)
        {
            pending.Add((CallAsync(ProcessVideoActivities.TranscodeAudio, media), TranscodePlan.SmallCost));
        }

        Task<StillsOutcome> stills = StillsAsync(new StillsInput(media, plan.Renditions[0].Size));
        pending.Add((AsWorkAsync(stills), TranscodePlan.SmallCost));

        long total = pending.Sum(entry => entry.Cost);
        long done = 0;
        while (pending.Count > 0)
        {
            Task first = await Task.WhenAny(pending.Select(entry => (Task)entry.Work).Append(deadline));
            int index = pending.FindIndex(entry => entry.Work == first);
            (Task<WorkOutcome>? work, long cost) = index < 0 ? (null, 0) : pending[index];
            if (work is not null)
            {
                pending.RemoveAt(index);
            }

            JobError? error = work is null ? JobErrors.Deadline : await ErrorOfAsync(work);
            if (error is not null)
            {
                _stragglers.AddRange(pending.Select(entry => entry.Work));
                throw new JobEndedException(error);
            }

            done += cost;
            if (pending.Count > 0)
            {
                await ReportAsync(
                    JobStep.Transcode, ProbedPercent + (int)((TranscodedPercent - ProbedPercent) * done / total));
            }
        }

        return (await stills).Made;
    }

    /// <summary>
    /// A video without a poster or a storyboard plays: what cannot be made fails nothing. It ended a job that began before
    /// orchestrations had versions.
    /// </summary>
    private async Task<StillsOutcome> StillsAsync(StillsInput input)
    {
        try
        {
            return await context.CallWithRetryAsync(ProcessVideoActivities.MakeStills, input, policy.Retry);
        }
        catch (TaskFailedException failure) when (context.CompareVersionTo("1.0") >= 0)
        {
            return new StillsOutcome(MadeStills.None, JobErrors.From(failure));
        }
    }

    // An outcome of an earlier program says only whether there was an error, which then ended the job.
    private static async Task<WorkOutcome> AsWorkAsync(Task<StillsOutcome> stills) =>
        await stills is { Made: null, Error: { } error } ? new WorkOutcome(error) : WorkOutcome.Done;

    private Task<WorkOutcome> CallAsync<TInput>(ActivityName<TInput, WorkOutcome> activity, TInput work) =>
        context.CallWithRetryAsync(activity, work, policy.Retry);

    private static async Task<JobError?> ErrorOfAsync(Task<WorkOutcome> work)
    {
        try
        {
            return (await work).Error;
        }
        catch (TaskFailedException failure)
        {
            return JobErrors.From(failure);
        }
    }

    private async Task ReportAsync(JobStep step, int percent)
    {
        try
        {
            await context.CallActivityAsync(
                ProcessVideoActivities.ReportProgress, new ProgressReport(input.Job, step, percent));
        }
        catch (TaskFailedException)
        {
            // Progress is a courtesy; the job goes on without it.
        }
    }

    private async Task<T> WithinAsync<T>(Task deadline, Task<T> work)
    {
        if (await Task.WhenAny(work, deadline) == deadline)
        {
            _stragglers.Add(work);
            throw new JobEndedException(JobErrors.Deadline);
        }

        return await work;
    }

    private sealed class JobEndedException(JobError error) : Exception
    {
        public JobError Error { get; } = error;
    }
}
