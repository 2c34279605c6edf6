using System.ComponentModel.DataAnnotations;

namespace VodFunctions.Local.Durable;

/// <summary>Settings of the embedded durable runner.</summary>
public sealed class DurableRunnerOptions
{
    /// <summary>Where the journal is; one process at a time.</summary>
    [Required]
    public string DataFolder { get; set; } = "";

    /// <summary>How many light activities (storage calls) run at a time.</summary>
    /// <value>16</value>
    [Range(1, 1024)]
    public int LightParallelism { get; set; } = 16;

    /// <summary>How many media activities (FFmpeg) run at a time.</summary>
    /// <value><c>Vod:Transcoding:Parallelism</c></value>
    [Range(1, 64)]
    public int? MediaParallelism { get; set; }

    /// <summary>How many instances are replayed at a time.</summary>
    /// <value>4</value>
    [Range(1, 64)]
    public int StepParallelism { get; set; } = 4;
}
