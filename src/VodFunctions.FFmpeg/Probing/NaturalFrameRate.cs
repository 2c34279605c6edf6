using VodFunctions.Core.Media;

namespace VodFunctions.FFmpeg.Probing;

/// <summary>Brings a measured rate to the constant rate to make: one that cameras and players know, at most 60.</summary>
internal static class NaturalFrameRate
{
    /// <summary>For a stream whose packets tell no times.</summary>
    public static readonly FrameRate Default = new(30, 1);

    /// <summary>How far a rate may be below the measured one, so that measuring errors do not double it. No more pictures than that are lost.</summary>
    private const double Tolerance = 0.03;

    /// <summary>Slow ones are those of animations, screen recorders and time lapses.</summary>
    private static readonly FrameRate[] s_rates =
    [
        new(5, 1), new(6, 1), new(15, 2), new(8, 1), new(10, 1), new(12, 1), new(25, 2), new(15, 1), new(18, 1), new(20, 1),
        new(24000, 1001), new(24, 1), new(25, 1), new(30000, 1001), new(30, 1), new(50, 1), new(60000, 1001), new(60, 1),
    ];

    /// <summary>All rates that can come out.</summary>
    public static IReadOnlyList<FrameRate> Rates => s_rates;

    /// <summary>
    /// The rate nearest to a measured one when there is one nearby, else the next higher, so that no picture is lost; 60 for
    /// all that is faster, 10 for what is slower than the slowest (it divides the usual ones).
    /// </summary>
    /// <param name="framesPerSecond">As measured.</param>
    public static FrameRate Snap(double framesPerSecond)
    {
        if (!double.IsFinite(framesPerSecond) || framesPerSecond <= 0)
        {
            return Default;
        }

        FrameRate nearest = s_rates.MinBy(rate => Distance(rate, framesPerSecond));
        if (Distance(nearest, framesPerSecond) <= Math.Log(1 + Tolerance))
        {
            return nearest;
        }

        if (framesPerSecond < s_rates[0].FramesPerSecond)
        {
            return new(10, 1);
        }

        int next = Array.FindIndex(s_rates, rate => rate.FramesPerSecond >= framesPerSecond);
        return next < 0 ? s_rates[^1] : s_rates[next];
    }

    private static double Distance(FrameRate rate, double framesPerSecond) =>
        Math.Abs(Math.Log(rate.FramesPerSecond / framesPerSecond));
}
