using VodFunctions.Core.Probing;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>Brings any source's colours to BT.709 SDR: matrix, range, primaries and, of HDR, the curve.</summary>
internal static class ColorConversion
{
    /// <summary>Above this short side a picture that does not say its matrix is BT.709, as players assume.</summary>
    private const int LargestStandardDefinition = 576;

    private const string Bt709 = "bt709";

    /// <summary>Whether matrix and primaries are changed, which zscale does better and in a third of the time.</summary>
    public static bool NeedsZscale(SourceFacts facts) =>
        facts.DynamicRange != DynamicRange.Sdr || Matrix(facts) != Bt709 || Primaries(facts) != Bt709;

    /// <summary>The options that end a <c>scale</c> filter, and the filters after it.</summary>
    /// <param name="facts">What the picture is.</param>
    /// <param name="zscale">
    /// Whether the build has zscale. Without it primaries stay what they are, and HDR keeps its curve and looks washed out.
    /// </param>
    /// <param name="target">What to make.</param>
    /// <param name="sized">
    /// A filter that brings all pictures to one size. It comes before zscale, which would stretch those that come in another.
    /// </param>
    public static string After(SourceFacts facts, bool zscale, ColorTarget target, string sized)
    {
        string matrix = Matrix(facts);
        // A range that only the container knows; else the frames say it.
        string range = facts.FullRange ? ":in_range=pc" : "";
        if (!zscale || !NeedsZscale(facts))
        {
            return $"{range}:in_color_matrix={SwscaleName(matrix)}:out_color_matrix={target.Matrix}:out_range={target.Range}"
                + $"{Accuracy(facts, target)},{sized},setsar=1,format={target.PixelFormat}";
        }

        if (facts.DynamicRange == DynamicRange.Sdr)
        {
            // Scaled in the source's matrix, with two bits more than go out. The curve is BT.1886 on both sides: what a viewer
            // sees is kept.
            string same = SwscaleName(matrix);
            return $"{range}:in_color_matrix={same}:out_color_matrix={same}:out_range=tv{Accuracy(facts, target)},{sized},setsar=1,"
                + $"format=yuv420p10,zscale=min={ZscaleName(matrix)}:pin={Primaries(facts)}:tin=709:rin=tv"
                + $":m={target.ZscaleMatrix}:p=709:t=709:r={target.Range},format={target.PixelFormat}";
        }

        // Scaled first: tone mapping in floating point is the dearest step. What was graded for is stated and not read from
        // the frames, because zscale refuses frames that do not say.
        string curve = facts.DynamicRange == DynamicRange.Pq ? "smpte2084" : "arib-std-b67";
        return $",{sized},setsar=1,zscale=tin={curve}:pin={Primaries(facts)}:min=2020_ncl:t=linear:npl=100,format=gbrpf32le,"
            + "zscale=p=709,tonemap=tonemap=hable:desat=0,"
            + $"zscale=t=709:m={target.ZscaleMatrix}:r={target.Range},format={target.PixelFormat}";
    }

    /// <summary>FFmpeg's name of the matrix to take: of RGB the one that it is turned into.</summary>
    private static string Matrix(SourceFacts facts) => facts.ColorMatrix switch
    {
        Bt709 or "gbr" => Bt709,
        "smpte170m" or "fcc" or "smpte240m" or "bt470bg" or "bt2020nc" or "bt2020c" => facts.ColorMatrix,
        _ when facts.DynamicRange != DynamicRange.Sdr => "bt2020nc",
        _ => facts.ShownSize.ShortSide > LargestStandardDefinition ? Bt709 : "smpte170m",
    };

    /// <summary>
    /// FFmpeg's name of the primaries to take. A picture that does not say has those of BT.709, as players assume, or of
    /// BT.2020 with that matrix.
    /// </summary>
    private static string Primaries(SourceFacts facts) => facts.ColorPrimaries switch
    {
        "bt470m" or "bt470bg" or "smpte170m" or "smpte240m" or "film" or "bt2020" or "smpte431" or "smpte432" or "jedec-p22"
            or "ebu3213" => facts.ColorPrimaries,
        Bt709 => Bt709,
        _ => facts.DynamicRange != DynamicRange.Sdr || facts.ColorMatrix is "bt2020nc" or "bt2020c" ? "bt2020" : Bt709,
    };

    private static string SwscaleName(string matrix) => matrix switch
    {
        "bt470bg" => "bt470",
        "bt2020nc" or "bt2020c" => "bt2020",
        _ => matrix,
    };

    private static string ZscaleName(string matrix) => matrix == "smpte240m" ? "smpte2400m" : matrix;

    // Rounding errors of a few units add up where the scaler changes the matrix. Not paid for where it does not.
    private static string Accuracy(SourceFacts facts, ColorTarget target) =>
        target != ColorTarget.Video || facts.ColorMatrix == "gbr" || Matrix(facts) != Bt709
            ? ":flags=bicubic+accurate_rnd+full_chroma_int"
            : "";
}
