using System.ComponentModel.DataAnnotations;

namespace VodFunctions.Hosting;

/// <summary><c>Vod</c>, as far as the Functions app alone reads it: which functions of the image this app runs.</summary>
public sealed class FunctionsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Vod";

    /// <summary>What this app is for.</summary>
    /// <value><see cref="AppRole.All"/></value>
    [EnumDataType(typeof(AppRole))]
    public AppRole Role { get; set; } = AppRole.All;

    /// <summary>What tells the app of a stored upload.</summary>
    /// <value><see cref="UploadSource.EventGrid"/></value>
    [EnumDataType(typeof(UploadSource))]
    public UploadSource UploadSource { get; set; } = UploadSource.EventGrid;
}

/// <summary>What one of the apps that share an image and a task hub is for.</summary>
public enum AppRole
{
    /// <summary>Everything: the only app.</summary>
    All,

    /// <summary>All but the media activities: HTTP, triggers, the orchestration, activities that call services only.</summary>
    Api,

    /// <summary>The activities that run FFmpeg, and nothing else.</summary>
    Media,
}

/// <summary>What tells the app of a stored upload.</summary>
public enum UploadSource
{
    /// <summary>Event Grid: at once, in Azure.</summary>
    EventGrid,

    /// <summary>A scan of the container, up to a minute late: on the storage emulator.</summary>
    Scan,
}
