using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using VodFunctions.Core.Transcoding;
using VodFunctions.FFmpeg.Stills;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>Wiring.</summary>
internal static class TranscodingServices
{
    /// <summary>
    /// Adds <see cref="IMediaTranscoder"/>. Needs an <see cref="Processes.IMediaProcessRunner"/>, a
    /// <see cref="TimeProvider"/>, options and logging.
    /// </summary>
    internal static IServiceCollection AddVodTranscoding(this IServiceCollection services)
    {
        services.TryAddSingleton<FilterSupport>();
        services.TryAddSingleton<StillsMaker>();
        services.TryAddSingleton<WorkFolderLeftovers>();
        services.TryAddSingleton<IMediaTranscoder, FFmpegTranscoder>();
        return services;
    }
}
