using VodFunctions.Core.Containers;
using VodFunctions.Core.Ladder;
using VodFunctions.Core.Media;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Transcoding;
using VodFunctions.FFmpeg.Processes;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>
/// fMP4 groups: each becomes one fragment (<c>moof</c>, <c>mdat</c>) whose header is written anew, with times on the whole
/// video's clock; the samples are copied as they are.
/// </summary>
internal sealed class CmafGroups(OutputFolder folder, Rendition rendition, TimeGrid grid) : IGroupFormat
{
    private const int MaxInitBytes = 64 * 1024;

    private byte[]? _initBytes;
    private VideoInit? _init;
    private long? _origin;

    public bool HasInit => true;

    public string Codecs => Parsed.Codecs;

    private VideoInit Parsed => _init ?? throw new InvalidDataException("No initialization section was made.");

    public string SegmentName(int segment) => InputArguments.Text($"seg_{segment:D5}.m4s");

    public byte[] Init() => VideoInit.WithEditList(_initBytes, (uint)(X264Arguments.ReorderFrames * FrameDuration()));

    public async Task<GroupMeasure> CopyAsync(FileStream source, int group, Stream segment, CancellationToken cancellationToken)
    {
        await ReadInitAsync(cancellationToken);
        MovieFragment? made = await FragmentFile.ReadHeadAsync(source, Parsed.Defaults, cancellationToken);
        if (made is null)
        {
            throw new InvalidDataException("A group without samples.");
        }

        MovieFragment published = Retimed(made, group);
        byte[] head = MovieFragmentWriter.Write(published);
        await segment.WriteAsync(head, cancellationToken);
        await FragmentFile.CopyDataAsync(source, published.DataSize, segment, cancellationToken);
        return new(
            published.Samples.Count, (double)published.Duration / Parsed.Timescale, head.Length + published.Samples[0].Size);
    }

    private MovieFragment Retimed(MovieFragment made, int group)
    {
        long duration = FrameDuration();
        long start = GroupFrames.First(grid, group) * duration;
        FragmentSample first = made.Samples[0];
        if (!first.IsSync || made.Samples.Skip(1).Any(sample => sample.IsSync) || first.CompositionOffset != 0)
        {
            throw new InvalidDataException("A group does not begin with its only keyframe.");
        }

        // Where a process begins to count is its muxer's affair; from there on its times must be the grid's.
        _origin ??= (long)made.BaseDecodeTime - start;
        if ((long)made.BaseDecodeTime - _origin != start || made.Samples.Any(sample => sample.Duration != duration))
        {
            throw new InvalidDataException("A group is not at its time.");
        }

        // Offsets count from the decoding times, which begin at 0; shown times begin there too, by the edit list.
        int delay = (int)(X264Arguments.ReorderFrames * duration);
        FragmentSample[] samples =
            [.. made.Samples.Select(sample => sample with { CompositionOffset = sample.CompositionOffset + delay })];
        return samples.All(sample => sample.CompositionOffset >= 0)
            ? new((uint)group + 1, (ulong)start, samples)
            : throw new InvalidDataException("A picture is shown before it is decoded.");
    }

    private long FrameDuration()
    {
        FrameRate rate = grid.FrameRate;
        (long duration, long rest) = Math.DivRem((long)Parsed.Timescale * rate.Denominator, rate.Numerator);
        return rest == 0 ? duration : throw new InvalidDataException("A timescale that does not fit the frame rate.");
    }

    private async Task ReadInitAsync(CancellationToken cancellationToken)
    {
        if (_init is not null)
        {
            return;
        }

        await using FileStream init = folder.TryOpen(GroupFiles.Init, MaxInitBytes)
            ?? throw new InvalidDataException("No initialization section was made.");
        byte[] bytes = new byte[init.Length];
        await init.ReadExactlyAsync(bytes, cancellationToken);
        _initBytes = bytes;
        _init = VideoInit.Read(_initBytes);
        if (new PixelSize(_init.Width, _init.Height) != rendition.Size)
        {
            throw new InvalidDataException($"{MediaFiles.Init} has another size than was asked for.");
        }
    }
}
