using System.Diagnostics;

namespace VodFunctions.FFmpeg.Tests.Support;

/// <summary>Bounded waits for what other processes do.</summary>
internal static class Eventually
{
    public static async Task True(Func<bool> condition, string what)
    {
        long began = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(5), $"Waited in vain: {what}");
            await Task.Delay(20);
        }
    }
}
