using System.Diagnostics;
using Xunit;

namespace VodFunctions.Local.Tests.Durable;

/// <summary>Waits for something to become true: seldom long, never for ever.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_bound = TimeSpan.FromMinutes(5);

    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        long began = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < s_bound, $"Waited in vain: {what}");
            await Task.Delay(1);
        }
    }
}
