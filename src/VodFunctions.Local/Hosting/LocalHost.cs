using Microsoft.Extensions.Logging.Console;

namespace VodFunctions.Local.Hosting;

/// <summary>The web host's shell: settings, logging and the limits of Kestrel.</summary>
public static class LocalHost
{
    /// <summary>Bodies are small JSON: videos go straight to storage.</summary>
    private const long MaxBodyBytes = 1 << 20;

    /// <summary>A builder with settings from appsettings.json beside the binary, then environment, then command line.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            // "./dev run" starts the binary from the repository's folder.
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        });

        // Standard output is for the person at the terminal; the log goes to standard error.
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(20));
        return builder;
    }

    /// <summary>Registers the clock, and the data folder that <c>Vod:Local:DataFolder</c> names, locked from now on.</summary>
    /// <exception cref="StartException">The folder is in use, or cannot be written.</exception>
    public static IServiceCollection AddVodDataFolder(this IServiceCollection services, IConfiguration settings)
    {
        services.AddOptions<LocalOptions>().BindConfiguration(LocalOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        string path = settings.GetSection(LocalOptions.Section).Get<LocalOptions>()?.DataFolder ?? new LocalOptions().DataFolder;
        DataFolder folder = DataFolder.Open(path);

        // Through a factory, so that the container disposes it and the lock with it.
        services.AddSingleton(_ => folder);
        services.AddSingleton(TimeProvider.System);
        return services;
    }

    /// <summary>Runs until it is told to stop.</summary>
    /// <exception cref="StartException">The port is busy.</exception>
    public static async Task RunHostAsync(this WebApplication app)
    {
        try
        {
            await app.RunAsync();
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new StartException("The port is in use by another program; choose another with --port.", e);
        }
    }
}
