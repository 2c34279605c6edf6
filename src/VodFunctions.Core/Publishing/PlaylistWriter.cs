using System.Globalization;
using System.Text;

namespace VodFunctions.Core.Publishing;

/// <summary>Writes the lines of a playlist: UTF-8, <c>\n</c>, numbers as in the C culture.</summary>
internal sealed class PlaylistWriter
{
    // fMP4 (EXT-X-MAP without I-FRAMES-ONLY) needs 6; 7 is what players have for AUDIO groups in any packaging.
    private const int Version = 7;

    private readonly StringBuilder _text = new();

    public PlaylistWriter()
    {
        Line("#EXTM3U").Line($"#EXT-X-VERSION:{Version}");
    }

    public PlaylistWriter Line(FormattableString line) => Line(line.ToString(CultureInfo.InvariantCulture));

    public PlaylistWriter Line(string line)
    {
        _text.Append(line).Append('\n');
        return this;
    }

    /// <summary>What media and I-frame playlists have in common.</summary>
    public PlaylistWriter MediaHead(int targetDurationSeconds, bool hasInit, bool iFramesOnly)
    {
        Line($"#EXT-X-TARGETDURATION:{targetDurationSeconds}");
        Line("#EXT-X-MEDIA-SEQUENCE:0").Line("#EXT-X-PLAYLIST-TYPE:VOD").Line("#EXT-X-INDEPENDENT-SEGMENTS");
        if (iFramesOnly)
        {
            Line("#EXT-X-I-FRAMES-ONLY");
        }

        return hasInit ? Line($"#EXT-X-MAP:URI=\"{MediaFiles.Init}\"") : this;
    }

    public string End() => Line("#EXT-X-ENDLIST").ToString();

    public override string ToString() => _text.ToString();
}
