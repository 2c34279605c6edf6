namespace VodFunctions.FFmpeg.Probing;

/// <summary>
/// Counts the times between pictures in bounded memory: pictures come in decoding order, so a small window puts them into
/// showing order; intervals are counted by hundredths of a millisecond.
/// </summary>
internal sealed class FrameIntervals
{
    /// <summary>More than any codec's reorder depth (H.264 and HEVC: 16).</summary>
    private const int Window = 32;

    private const int MaxBuckets = 20_000;
    private const double BucketSeconds = 0.00001;

    private readonly PriorityQueue<double, double> _window = new();
    private readonly Dictionary<long, (long Count, double Seconds)> _buckets = [];
    private double? _last;

    /// <summary>A picture is shown at that time.</summary>
    public void Add(double seconds)
    {
        _window.Enqueue(seconds, seconds);
        if (_window.Count > Window)
        {
            Take();
        }
    }

    /// <summary>
    /// The natural time between two pictures: the mean of those near the median, so that neither time stamps rounded to
    /// milliseconds nor dropped pictures and pauses disturb it. Null with fewer than two pictures. Ends the counting.
    /// </summary>
    public double? NaturalSeconds()
    {
        while (_window.Count > 0)
        {
            Take();
        }

        if (_buckets.Count == 0)
        {
            return null;
        }

        double median = Median();
        double tolerance = Math.Max(median * 0.25, 0.0011);
        (long count, double seconds) = _buckets.Values
            .Where(bucket => Math.Abs((bucket.Seconds / bucket.Count) - median) <= tolerance)
            .Aggregate((Count: 0L, Seconds: 0.0), (sum, bucket) => (sum.Count + bucket.Count, sum.Seconds + bucket.Seconds));
        return seconds / count;
    }

    private double Median()
    {
        long half = _buckets.Values.Sum(bucket => bucket.Count) / 2;
        foreach ((_, (long count, double seconds)) in _buckets.OrderBy(bucket => bucket.Key))
        {
            half -= count;
            if (half < 0)
            {
                return seconds / count;
            }
        }

        throw new InvalidOperationException("No intervals.");
    }

    private void Take()
    {
        double seconds = _window.Dequeue();
        double? interval = seconds - _last;
        _last = seconds;

        // Two pictures at once, or one that is later than the window: says nothing about the rate.
        if (interval is not { } time || time < BucketSeconds)
        {
            return;
        }

        long key = (long)Math.Min(time / BucketSeconds, long.MaxValue / 2);
        if (_buckets.Count < MaxBuckets || _buckets.ContainsKey(key))
        {
            (long count, double sum) = _buckets.GetValueOrDefault(key);
            _buckets[key] = (count + 1, sum + time);
        }
    }
}
