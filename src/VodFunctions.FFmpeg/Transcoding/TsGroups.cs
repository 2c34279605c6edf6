using VodFunctions.Core.Containers;
using VodFunctions.Core.Transcoding;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>MPEG-TS groups: copied as they are (continuity counters run on in ffmpeg) and read on the way.</summary>
internal sealed class TsGroups(TimeGrid grid) : IGroupFormat
{
    private const int PacketsAtATime = 348;

    // 90 kHz does not divide by every frame rate.
    private const int MaxRounding = 2;

    private string? _codecs;

    public bool HasInit => false;

    public string Codecs => _codecs ?? throw new InvalidDataException("No group was made.");

    public string SegmentName(int segment) => InputArguments.Text($"segment_{segment}.ts");

    public byte[] Init() => throw new NotSupportedException("MPEG-TS has no initialization section.");

    public async Task<GroupMeasure> CopyAsync(FileStream source, int group, Stream segment, CancellationToken cancellationToken)
    {
        var scanner = new TsGroupScanner();
        byte[] buffer = new byte[PacketsAtATime * TsPacket.Size];
        int read;
        do
        {
            read = await source.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            for (int at = 0; at < read; at += TsPacket.Size)
            {
                scanner.Add(buffer.AsSpan(at, Math.Min(TsPacket.Size, read - at)));
            }

            await segment.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
        while (read == buffer.Length);

        TsGroup made = scanner.Finish();
        Check(made, group);
        _codecs ??= made.Codecs;
        return new(made.FrameCount, grid.FrameRate.SecondsOf(made.FrameCount), made.KeyFrameEnd);
    }

    private void Check(TsGroup made, int group)
    {
        double expected = (GroupFiles.TsStartSeconds + grid.FrameRate.SecondsOf(GroupFrames.First(grid, group))) * 90_000;
        if (!made.StartsWithKeyFrame)
        {
            throw new InvalidDataException("A group does not begin with a keyframe.");
        }

        if (Math.Abs(made.FirstPts - expected) > MaxRounding)
        {
            throw new InvalidDataException("A group is not at its time.");
        }
    }
}
