using System.Diagnostics;

namespace VodFunctions.FFmpeg.Tests.Support;

/// <summary>Decoded pictures and samples, for tests that look at what is seen and heard.</summary>
internal static class Pixels
{
    /// <summary>The colour of a point, given in thousandths of the picture's sides.</summary>
    public static async Task<(int Red, int Green, int Blue)> AtAsync(string file, int x, int y, string select = "eq(n\\,0)")
    {
        byte[] bytes = await RawAsync(
            file, "-vf", $"select={select},crop=2:2:iw*{x}/1000:ih*{y}/1000,scale=1:1", "-frames:v", "1", "-pix_fmt", "rgb24");
        Assert.Equal(3, bytes.Length);
        return (bytes[0], bytes[1], bytes[2]);
    }

    public static async Task LooksAsync(string file, int x, int y, int red, int green, int blue, int tolerance = 16)
    {
        (int Red, int Green, int Blue) found = await AtAsync(file, x, y);
        Assert.True(
            Math.Abs(found.Red - red) <= tolerance && Math.Abs(found.Green - green) <= tolerance
            && Math.Abs(found.Blue - blue) <= tolerance, $"found {found}, wanted {(red, green, blue)}");
    }

    /// <summary>How much neighbouring lines differ more than lines of one field do: well above 1 where fields were not woven apart.</summary>
    public static async Task<double> CombsAsync(string file, int width, int height)
    {
        byte[] gray = await RawAsync(file, "-vf", $"scale={width}:{height},format=gray", "-fps_mode", "passthrough");
        double neighbours = 0;
        double field = 1;
        for (int at = 0; at + (2 * width) < gray.Length; at++)
        {
            if (at / width % height < height - 2)
            {
                neighbours += Math.Abs(gray[at] - gray[at + width]);
                field += Math.Abs(gray[at] - gray[at + (2 * width)]);
            }
        }

        return neighbours / field;
    }

    /// <summary>The samples of both channels, -1 to 1.</summary>
    public static async Task<(float[] Left, float[] Right)> SoundAsync(string file)
    {
        byte[] bytes = await RawAsync(file, "-map", "0:a:0", "-c:a", "pcm_f32le");
        float[] samples = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        return ([.. samples.Where((_, i) => i % 2 == 0)], [.. samples.Where((_, i) => i % 2 == 1)]);
    }

    private static async Task<byte[]> RawAsync(string file, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "ffmpeg",
            ["-nostdin", "-v", "error", "-i", file, .. arguments, "-f", arguments.Contains("-vf") ? "rawvideo" : "f32le", "-"])
        {
            RedirectStandardOutput = true,
        })!;
        var bytes = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(bytes);
        await process.WaitForExitAsync();
        return bytes.ToArray();
    }
}
