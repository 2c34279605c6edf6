using VodFunctions.Core.Probing;

namespace VodFunctions.FFmpeg.Probing;

/// <summary>What decoded frames say about themselves; headers are often wrong about it.</summary>
internal sealed class FrameScan
{
    private int _interlaced;

    /// <summary>Frames, or blocks of sound, that could be decoded.</summary>
    public int Decoded { get; private set; }

    /// <summary>Whether most frames are interlaced.</summary>
    public bool Interlaced => _interlaced * 2 > Decoded;

    /// <summary>The transfer curve of the last frame that names one.</summary>
    public string? ColorTransfer { get; private set; }

    /// <summary>The colour matrix of the last frame that names one; <c>gbr</c> of RGB and palettes.</summary>
    public string? ColorSpace { get; private set; }

    /// <summary>The colour primaries of the last frame that names them.</summary>
    public string? ColorPrimaries { get; private set; }

    /// <summary>The range of the last frame that names one.</summary>
    public string? ColorRange { get; private set; }

    /// <summary>Takes a line such as <c>media_type=video|pix_fmt=yuv420p|interlaced_frame=0|color_space=bt709</c>.</summary>
    public void Add(string line)
    {
        string[] fields = line.Split('|');
        if (!fields.Any(field => field.StartsWith("media_type=", StringComparison.Ordinal)))
        {
            return;
        }

        Decoded++;
        _interlaced += fields.Contains("interlaced_frame=1") ? 1 : 0;
        ColorTransfer = Named(fields, "color_transfer=") ?? ColorTransfer;
        ColorSpace = IsRgb(Named(fields, "pix_fmt=")) ? "gbr" : Named(fields, "color_space=") ?? ColorSpace;
        ColorPrimaries = Named(fields, "color_primaries=") ?? ColorPrimaries;
        ColorRange = Named(fields, "color_range=") ?? ColorRange;
    }

    /// <summary>Adds the colours: frames know better than the container, which is asked where they do not say.</summary>
    /// <param name="facts">Without colours.</param>
    /// <param name="declared">The container's.</param>
    public SourceFacts WithColors(SourceFacts facts, FfprobeStream declared) => facts with
    {
        DynamicRange = (ColorTransfer ?? declared.ColorTransfer) switch
        {
            "smpte2084" => DynamicRange.Pq,
            "arib-std-b67" => DynamicRange.Hlg,
            _ => DynamicRange.Sdr,
        },
        ColorMatrix = ColorSpace ?? Known(declared.ColorSpace),
        ColorPrimaries = ColorPrimaries ?? Known(declared.ColorPrimaries),
        FullRange = ColorRange is null && ColorSpace != "gbr" && declared.ColorRange == "pc",
    };

    // argb, bgr24, gbrp10le, x2rgb10le, pal8 ...
    private static bool IsRgb(string? pixelFormat) => pixelFormat is not null
        && (pixelFormat == "pal8" || pixelFormat.Contains("rgb", StringComparison.Ordinal)
            || pixelFormat.Contains("bgr", StringComparison.Ordinal) || pixelFormat.StartsWith("gbr", StringComparison.Ordinal));

    private static string? Named(string[] fields, string key) =>
        fields.FirstOrDefault(field => field.StartsWith(key, StringComparison.Ordinal))?[key.Length..]
            is { } named ? Known(named) : null;

    private static string? Known(string? name) => name is null or "" or "unknown" or "reserved" ? null : name;
}
