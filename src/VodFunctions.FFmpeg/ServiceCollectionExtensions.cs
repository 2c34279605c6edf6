using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using VodFunctions.FFmpeg.Processes;

namespace VodFunctions.FFmpeg;

/// <summary>Wires this project.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Adds the sandboxed runner of FFmpeg. Needs <c>VodOptions</c> and logging. A host that launches processes otherwise
    /// registers its own <see cref="IMediaProcessLauncher"/> before this call.
    /// </summary>
    public static IServiceCollection AddVodFFmpeg(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IMediaProcessLauncher, SystemMediaProcessLauncher>();
        services.TryAddSingleton<MediaSandbox>();
        services.TryAddSingleton<IMediaProcessRunner, MediaProcessRunner>();
        services.TryAddSingleton<MediaTools>();
        return services;
    }
}
