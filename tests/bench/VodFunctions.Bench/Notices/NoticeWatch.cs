using System.Diagnostics;
using System.Threading.Channels;
using VodFunctions.Demo;

namespace VodFunctions.Bench.Notices;

/// <summary>When a notice's frame came.</summary>
/// <param name="Notice">What it says.</param>
/// <param name="Timestamp">On <see cref="Stopwatch"/>'s scale.</param>
/// <param name="At">On the machine's clock, which the host's log is written by too.</param>
internal readonly record struct Arrival(Notice Notice, long Timestamp, DateTimeOffset At);

/// <summary>Notes when the first frame of each video's notice comes on the browser's connection.</summary>
internal sealed class NoticeWatch(NoticeSocket socket)
{
    /// <summary>The first frames for those videos.</summary>
    /// <exception cref="BenchException">One of the jobs has failed, or the host has closed the connection.</exception>
    public async Task<IReadOnlyDictionary<string, Arrival>> FirstAsync(
        IReadOnlyCollection<string> videoIds, CancellationToken cancellationToken)
    {
        var arrivals = new Dictionary<string, Arrival>();
        while (arrivals.Count < videoIds.Count)
        {
            Notice notice = await NextAsync(cancellationToken);
            var arrival = new Arrival(notice, Stopwatch.GetTimestamp(), DateTimeOffset.UtcNow);
            if (!videoIds.Contains(notice.VideoId))
            {
                continue; // Progress of another, or a notice that was pushed again.
            }

            if (notice.Type == "video.failed")
            {
                throw new BenchException("A job has failed whose notice is measured.");
            }

            if (notice.Type == "video.completed")
            {
                arrivals.TryAdd(notice.VideoId, arrival);
            }
        }

        return arrivals;
    }

    private async Task<Notice> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await socket.NextAsync(cancellationToken);
        }
        catch (ChannelClosedException failure)
        {
            throw new BenchException("The host has closed the connection for notices.", failure);
        }
    }
}
