using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using VodFunctions.Core.Probing;
using VodFunctions.FFmpeg.Probing;
using VodFunctions.FFmpeg.Processes;
using VodFunctions.FFmpeg.Sources;
using VodFunctions.FFmpeg.Transcoding;

namespace VodFunctions.FFmpeg;

/// <summary>Wires this project.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Adds the prober, the transcoder, the cache of sources and the sandboxed runner. Needs <c>VodOptions</c>, an <c>IUploadStore</c> and logging. A host that launches processes otherwise
    /// registers its own <see cref="IMediaProcessLauncher"/> before this call.
    /// </summary>
    public static IServiceCollection AddVodFFmpeg(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IMediaProcessLauncher, SystemMediaProcessLauncher>();
        services.TryAddSingleton<MediaSandbox>();
        services.TryAddSingleton<IMediaProcessRunner, MediaProcessRunner>();
        services.TryAddSingleton<MediaTools>();
        services.AddHostedService<SandboxStart>();
        services.TryAddSingleton<IMediaProber, MediaProber>();
        services.TryAddSingleton<ISourceCache, SourceCache>();
        return services.AddVodTranscoding();
    }
}
