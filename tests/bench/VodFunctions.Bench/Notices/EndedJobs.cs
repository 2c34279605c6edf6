using System.Globalization;

namespace VodFunctions.Bench.Notices;

/// <summary>
/// When jobs ended, to the millisecond, as the host's log says: it writes that line right after the record has been stored,
/// and nobody outside knows that moment as well.
/// </summary>
internal static class EndedJobs
{
    /// <summary>Reads it off the lines <c>{time} info: {category} {videoId}: attempt 1 ended Completed.</c></summary>
    /// <exception cref="BenchException">It does not say it of every video.</exception>
    public static async Task<IReadOnlyDictionary<string, DateTimeOffset>> ReadAsync(
        string log, IEnumerable<string> videoIds, CancellationToken cancellationToken)
    {
        string[] lines = [.. (await ReadSharedAsync(log, cancellationToken)).Split('\n').Where(IsEnd)];
        return videoIds.ToDictionary(
            id => id, id => TimeOf(lines.FirstOrDefault(line => line.Contains(id, StringComparison.Ordinal))));
    }

    private static bool IsEnd(string line) => line.Contains(": attempt 1 ended Completed.", StringComparison.Ordinal);

    private static DateTimeOffset TimeOf(string? line) =>
        DateTimeOffset.TryParse(
            line?.Split(' ', 2)[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time
            : throw new BenchException("The host's log does not say when a job ended.");

    // The host still writes to it.
    private static async Task<string> ReadSharedAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
