using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace VodFunctions.FFmpeg.Tests.Support;

/// <summary>
/// Films that say of themselves what is shown and heard when: each picture has its number in the top strip, as 16 bits from
/// white to black, and at each second there is a beep whose pitch tells which one.
/// </summary>
internal static class Counted
{
    public const int FramesPerSecond = 30;

    private const int AnalysisRate = 16000;
    private const int Window = 80;

    public static string[] Picture(double seconds, int width = 160, int height = 90, double late = 0) =>
    [
        "-itsoffset", Text($"{late}"), "-f", "lavfi", "-i",
        Text($"color=c=black:s=16x2:r={FramesPerSecond}:d={seconds},format=gray,geq=lum='255*mod(floor(N/pow(2\\,15-X))\\,2)',")
        + Text($"scale={width}x{height / 6 / 2 * 2}:flags=neighbor,format=yuv420p[s];")
        + Text($"testsrc2=s={width}x{height - (height / 6 / 2 * 2)}:r={FramesPerSecond}:d={seconds},format=yuv420p[t];[s][t]vstack,setsar=1"),
    ];

    public static string[] Beeps(double seconds, int rate = 48000, double late = 0) =>
    [
        "-itsoffset", Text($"{late}"), "-f", "lavfi", "-i",
        Text($"aevalsrc=exprs='0.6*sin(2*PI*(300+50*floor(t))*t)*lt(mod(t\\,1)\\,0.1)':s={rate}:d={seconds}"),
    ];

    /// <summary>The number of each picture of a file, in order.</summary>
    /// <param name="file">The file.</param>
    /// <param name="before">A filter that turns the pictures upright.</param>
    public static async Task<int[]> PicturesAsync(string file, string before = "null")
    {
        byte[] strips = await DecodeAsync(
            file, "-map", "0:v:0", "-vf", $"{before},crop=iw:ih/8:0:0,scale=16:1:flags=area,format=gray", "-fps_mode", "passthrough", "-f",
            "rawvideo");
        return [.. strips.Chunk(16).Select(bits => bits.Aggregate(0, (number, bit) => (number * 2) + (bit > 127 ? 1 : 0)))];
    }

    /// <summary>When which beep is heard, in seconds.</summary>
    public static async Task<(double Seconds, int Number)[]> BeepsAsync(string file)
    {
        byte[] bytes = await DecodeAsync(
            file, "-map", "0:a:0", "-ac", "1", "-ar", AnalysisRate.ToString(CultureInfo.InvariantCulture), "-f", "s16le");
        short[] samples = MemoryMarshal.Cast<byte, short>(bytes).ToArray();
        var beeps = new List<(double, int)>();
        int? on = null;
        for (int at = 0; at <= samples.Length; at += Window)
        {
            bool loud = samples.AsSpan(Math.Min(at, samples.Length)..Math.Min(at + Window, samples.Length)).ToArray().Any(sample => Math.Abs((int)sample) > 2500);
            if (loud)
            {
                on ??= at;
            }
            else if (on is { } start)
            {
                if (at - start > AnalysisRate * 0.03)
                {
                    beeps.Add(((double)start / AnalysisRate, Pitch(samples.AsSpan(start..at))));
                }

                on = null;
            }
        }

        return [.. beeps];
    }

    /// <summary>The beep whose pitch the samples hold most of: lossy coding twice bends single oscillations.</summary>
    private static int Pitch(ReadOnlySpan<short> samples)
    {
        (int Number, double Energy) best = (-1, 0);
        for (int number = 0; number < 16; number++)
        {
            double step = 2 * Math.PI * (300 + (50 * number)) / AnalysisRate;
            double real = 0;
            double imaginary = 0;
            for (int i = 0; i < samples.Length; i++)
            {
                real += samples[i] * Math.Cos(step * i);
                imaginary += samples[i] * Math.Sin(step * i);
            }

            double energy = (real * real) + (imaginary * imaginary);
            best = energy > best.Energy ? (number, energy) : best;
        }

        return best.Number;
    }

    private static async Task<byte[]> DecodeAsync(string file, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "ffmpeg", ["-nostdin", "-v", "error", "-i", file, .. arguments, "-"])
        {
            RedirectStandardOutput = true,
        })!;
        var bytes = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(bytes);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return bytes.ToArray();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
