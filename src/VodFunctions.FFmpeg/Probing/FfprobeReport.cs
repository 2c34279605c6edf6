using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace VodFunctions.FFmpeg.Probing;

/// <summary>Represents what ffprobe prints about container and streams as JSON, as far as it is used.</summary>
internal sealed record FfprobeReport
{
    private static readonly JsonSerializerOptions s_dialect = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        AllowTrailingCommas = true,
    };

    public IReadOnlyList<FfprobeStream> Streams { get; init; } = [];

    public FfprobeFormat Format { get; init; } = new();

    /// <exception cref="JsonException">It is something else, for example cut off.</exception>
    public static FfprobeReport Parse(string json) =>
        JsonSerializer.Deserialize<FfprobeReport>(json, s_dialect) ?? throw new JsonException("Expected an object.");
}

/// <summary>The container.</summary>
internal sealed record FfprobeFormat
{
    public int NbStreams { get; init; }

    /// <summary>As declared or estimated, in seconds; browsers' WebM has none.</summary>
    public double? Duration { get; init; }
}

/// <summary>A stream.</summary>
internal sealed record FfprobeStream
{
    public int Index { get; init; }

    public string? CodecType { get; init; }

    /// <summary>FFmpeg's name of the codec; missing or <c>none</c> when it knows none.</summary>
    public string? CodecName { get; init; }

    public int Width { get; init; }

    public int Height { get; init; }

    public int CodedWidth { get; init; }

    public int CodedHeight { get; init; }

    /// <summary>Width to height of a pixel, such as <c>4:3</c>; <c>0:1</c> is unknown.</summary>
    public string? SampleAspectRatio { get; init; }

    public string? ColorRange { get; init; }

    public string? ColorSpace { get; init; }

    public string? ColorPrimaries { get; init; }

    public string? ColorTransfer { get; init; }

    /// <summary>As declared, in seconds.</summary>
    public double? Duration { get; init; }

    public int Channels { get; init; }

    /// <summary>Where the channels belong; missing or <c>unknown</c> when the file does not say.</summary>
    public string? ChannelLayout { get; init; }

    /// <summary>FFmpeg's name of the picture's pixel format.</summary>
    public string? PixFmt { get; init; }

    public FfprobeDisposition Disposition { get; init; } = new();

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<FfprobeSideData> SideDataList { get; init; } = [];

    public bool IsVideo => CodecType == "video";

    /// <summary>The colours of a stream, of a line such as <c>index=0|color_range=tv|color_space=bt709</c>; none of other lines.</summary>
    public static FfprobeStream? WithColors(string line)
    {
        if (!line.StartsWith("index=", StringComparison.Ordinal))
        {
            return null;
        }

        ILookup<string, string> fields = line.Split('|').Select(field => field.Split('=', 2)).Where(pair => pair.Length == 2)
            .ToLookup(pair => pair[0], pair => pair[1]);
        return new()
        {
            Index = int.Parse(fields["index"].First(), CultureInfo.InvariantCulture),
            ColorRange = fields["color_range"].FirstOrDefault(),
            ColorSpace = fields["color_space"].FirstOrDefault(),
            ColorPrimaries = fields["color_primaries"].FirstOrDefault(),
            ColorTransfer = fields["color_transfer"].FirstOrDefault(),
        };
    }

    public bool IsAudio => CodecType == "audio";

    /// <summary>A cover, or the pictures of a chapter list: no moving picture.</summary>
    public bool IsPictureOnly => Disposition is { AttachedPic: not 0 } or { TimedThumbnails: not 0 } or { StillImage: not 0 };
}

/// <summary>What a stream is for: each 0 or 1.</summary>
internal sealed record FfprobeDisposition
{
    public int Default { get; init; }

    public int AttachedPic { get; init; }

    public int TimedThumbnails { get; init; }

    public int StillImage { get; init; }
}

/// <summary>Side data of a stream.</summary>
internal sealed record FfprobeSideData
{
    public string? SideDataType { get; init; }

    /// <summary>Of the display matrix: degrees, counted against the clock.</summary>
    public double? Rotation { get; init; }
}
