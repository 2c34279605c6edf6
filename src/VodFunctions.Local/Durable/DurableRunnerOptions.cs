using System.ComponentModel.DataAnnotations;
using VodFunctions.Core.Processing;

namespace VodFunctions.Local.Durable;

/// <summary>Settings of the embedded durable runner.</summary>
public sealed class DurableRunnerOptions
{
    /// <summary>Where the journal is; one process at a time.</summary>
    [Required]
    public string DataFolder { get; set; } = "";

    /// <summary>The version of the orchestrations' code, as <c>defaultVersion</c> in <c>host.json</c>.</summary>
    public string Version { get; set; } = ProcessVideoNames.Version;

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
