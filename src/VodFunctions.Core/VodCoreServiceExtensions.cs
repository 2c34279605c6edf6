using Microsoft.DurableTask;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using VodFunctions.Core.Feeds;
using VodFunctions.Core.Maintenance;
using VodFunctions.Core.Notifications;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Processing;
using VodFunctions.Core.Processing.Activities;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Uploads;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core;

/// <summary>Registers Core. The ports are registered by the adapters and the host.</summary>
public static class VodCoreServiceExtensions
{
    /// <summary>Settings, use cases, the orchestration and its activities.</summary>
    public static IServiceCollection AddVodCore(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<VodOptions>().Bind(configuration.GetSection(VodOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<VodOptions>, VodOptionsValidator>());
        services.TryAddSingleton<IIdGenerator, CryptoIdGenerator>();
#pragma warning disable RS0030 // The one place that names the real clock; everything else has it injected.
        services.TryAddSingleton(TimeProvider.System);
#pragma warning restore RS0030

        services.AddSingleton<UploadTickets>();
        services.AddSingleton<UploadArrivals>();
        services.AddSingleton<PublicNames>();
        services.AddSingleton<VideoCatalog>();
        services.AddSingleton<VideoDeletion>();
        services.AddSingleton<Requeueing>();
        services.AddSingleton<Feed>();
        services.AddSingleton<Notices>();
        services.AddSingleton<Sweep>();
        services.AddSingleton<LiveProgress>();
        services.AddSingleton<MediaWorkbench>();
        return services.AddProcessVideo();
    }

    private static IServiceCollection AddProcessVideo(this IServiceCollection services) => services
        .AddKeyedSingleton<ITaskOrchestrator, ProcessVideo>(ProcessVideoNames.Orchestration)
        .AddVodActivity<OpenJob, UploadedVideo, OpenedJob>(ProcessVideoActivities.OpenJob)
        .AddVodActivity<ProbeSource, SourceRef, Probing.ProbeOutcome>(ProcessVideoActivities.ProbeSource)
        .AddVodActivity<Transcode, TranscodeInput, WorkOutcome>(ProcessVideoActivities.Transcode)
        .AddVodActivity<TranscodeAudio, MediaJob, WorkOutcome>(ProcessVideoActivities.TranscodeAudio)
        .AddVodActivity<MakeStills, StillsInput, StillsOutcome>(ProcessVideoActivities.MakeStills)
        .AddVodActivity<PublishPlaylists, PublishInput, Publishing.PublishedVideo>(ProcessVideoActivities.PublishPlaylists)
        .AddVodActivity<ReportProgress, ProgressReport, bool>(ProcessVideoActivities.ReportProgress)
        .AddVodActivity<CloseJob, JobEnding, NoticeState>(ProcessVideoActivities.CloseJob)
        .AddVodActivity<CleanUp, JobId, bool>(ProcessVideoActivities.CleanUp)
        .AddVodActivity<ReadNotice, JobId, NoticeState>(ProcessVideoActivities.ReadNotice)
        .AddVodActivity<OpenNotice, JobId, NoticeState>(ProcessVideoActivities.OpenNotice)
        .AddVodActivity<PushNotice, JobId, NoticeState>(ProcessVideoActivities.PushNotice)
        .AddVodActivity<FailNotice, JobId, NoticeState>(ProcessVideoActivities.FailNotice)
        .AddVodActivity<ExpireVideo, JobId, bool>(ProcessVideoActivities.ExpireVideo)
        .AddVodActivity<Settle, JobId, bool>(ProcessVideoActivities.Settle);
}
