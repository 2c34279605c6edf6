using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using VodFunctions.Core.Json;

namespace VodFunctions.Core.Videos;

/// <summary>
/// One attempt at one video, <c>{videoId}-{attempt}</c>: the orchestration's instance id and the notice's id.
/// </summary>
[JsonConverter(typeof(ParsableJsonConverter<JobId>))]
public readonly record struct JobId : IParsable<JobId>, IOfJob
{
    /// <summary>Names an attempt.</summary>
    /// <param name="videoId">The video.</param>
    /// <param name="attempt">1 for the upload, 2 and on for each requeue.</param>
    public JobId(VideoId videoId, int attempt)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(attempt);
        VideoId = videoId;
        Attempt = attempt;
    }

    /// <summary>The video.</summary>
    public VideoId VideoId { get; }

    /// <summary>1 for the upload, 2 and on for each requeue.</summary>
    public int Attempt { get; }

    JobId IOfJob.Job => this;

    /// <summary>Parses <c>{videoId}-{attempt}</c>.</summary>
    /// <exception cref="FormatException">The text is anything else.</exception>
    public static JobId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out JobId id) ? id : throw new FormatException("Not a job id.");

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out JobId result)
    {
        result = default;
        int dash = s?.IndexOf('-', StringComparison.Ordinal) ?? -1;
        if (dash < 0
            || !VideoId.TryParse(s![..dash], out VideoId videoId)
            || !int.TryParse(s.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int attempt)
            || s[dash + 1] == '0')
        {
            return false;
        }

        result = new(videoId, attempt);
        return true;
    }

    /// <summary><c>{videoId}-{attempt}</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{VideoId}-{Attempt}");
}

/// <summary>Says which attempt it is about, for logs and traces.</summary>
public interface IOfJob
{
    /// <summary>The attempt.</summary>
    JobId Job { get; }
}
