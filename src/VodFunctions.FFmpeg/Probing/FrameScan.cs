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

    /// <summary>The colour matrix of the last frame that names one.</summary>
    public string? ColorSpace { get; private set; }

    /// <summary>Takes a line such as <c>media_type=video|interlaced_frame=0|color_space=bt709|color_transfer=bt709</c>.</summary>
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
        ColorSpace = Named(fields, "color_space=") ?? ColorSpace;
    }

    /// <summary>Which curve the picture was graded for; frames know better than the container.</summary>
    public DynamicRange DynamicRange(FfprobeStream stream) => (ColorTransfer ?? stream.ColorTransfer) switch
    {
        "smpte2084" => Core.Probing.DynamicRange.Pq,
        "arib-std-b67" => Core.Probing.DynamicRange.Hlg,
        _ => Core.Probing.DynamicRange.Sdr,
    };

    private static string? Named(string[] fields, string key) =>
        fields.FirstOrDefault(field => field.StartsWith(key, StringComparison.Ordinal))?[key.Length..]
            is { Length: > 0 } named and not "unknown" ? named : null;
}
