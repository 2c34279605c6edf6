using System.Text.Json.Serialization;
using VodFunctions.Core.Json;

namespace VodFunctions.Core.Transcoding;

/// <summary>The segment format.</summary>
[JsonConverter(typeof(CamelEnumConverter<Packaging>))]
public enum Packaging
{
    /// <summary>fMP4 segments, one shared audio rendition (CMAF).</summary>
    Cmaf,

    /// <summary>MPEG-TS segments with the sound muxed in, for old players.</summary>
    MpegTs,
}

/// <summary>How much of the grid of renditions and spans one FFmpeg process takes.</summary>
[JsonConverter(typeof(CamelEnumConverter<Grouping>))]
public enum Grouping
{
    /// <summary>Every rendition in a process (in Azure a container) of its own.</summary>
    PerRendition,

    /// <summary>One decode for all renditions.</summary>
    SharedDecode,
}
