using System.Globalization;
using VodFunctions.Bench.Measuring;

namespace VodFunctions.Bench.Reports;

/// <summary>What the numbers were measured on: its shape and versions, never its name.</summary>
/// <param name="Processor">The model.</param>
/// <param name="FFmpeg">The version.</param>
/// <param name="Runs">Pairs in each row.</param>
/// <param name="Busy">The load average when it began: what others were doing.</param>
internal sealed record Machine(string Processor, string FFmpeg, int Runs, double Busy)
{
    /// <summary>Looks.</summary>
    public static async Task<Machine> LookAsync(int runs, CancellationToken cancellationToken)
    {
        string version = await Tool.RunAsync("ffmpeg", ["-version"], cancellationToken);
        string model = (await File.ReadAllLinesAsync("/proc/cpuinfo", cancellationToken))
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown";
        string load = (await File.ReadAllTextAsync("/proc/loadavg", cancellationToken)).Split(' ')[0];
        return new(model, version.Split(' ')[2], runs, double.Parse(load, CultureInfo.InvariantCulture));
    }

    /// <summary>One paragraph.</summary>
    public string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{DateTimeOffset.UtcNow:yyyy-MM-dd}, {Environment.ProcessorCount} cores ({Processor}), .NET {Environment.Version}, "
        + $"FFmpeg {FFmpeg}, load average {Busy:0.0} before it began. Medians of {Runs} pairs (minimum-maximum); a pair is a bare "
        + $"run and then a job.");
}
