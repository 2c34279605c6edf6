using VodFunctions.Core.Containers;
using VodFunctions.Core.Ladder;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Transcoding;
using VodFunctions.FFmpeg.Processes;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>Joins the groups of one rendition to segments as they appear, measures them and passes them on.</summary>
internal sealed class VideoPackager(
    OutputFolder folder, Func<FileStream> createFile, Rendition rendition, TimeGrid grid, Packaging packaging,
    SegmentUploads uploads) : ITrackPackager
{
    private readonly IGroupFormat _format =
        packaging == Packaging.Cmaf ? new CmafGroups(folder, rendition, grid) : new TsGroups(grid);

    // The ceiling holds for a buffer of one second; the rest is for containers and short groups.
    private readonly long _maxGroupBytes = (4L * TimeGrid.GroupSeconds * rendition.Ceiling.BitsPerSecond / 8) + (16 * 1024 * 1024);

    private readonly IReadOnlyList<int> _plan = grid.GroupsPerSegment();
    private readonly List<MeasuredSegment> _segments = [];
    private readonly List<MeasuredKeyFrame> _keyFrames = [];
    private FileStream? _segment;
    private double _seconds;
    private int _group;

    public async Task<bool> TakeAsync(CancellationToken cancellationToken)
    {
        bool any = false;
        while (true)
        {
            string name = GroupFiles.Name(_group, packaging);
            await using FileStream? file = folder.TryOpen(name, _maxGroupBytes);
            if (file is null)
            {
                return any;
            }

            await TakeGroupAsync(file, cancellationToken);
            folder.Remove(name);
            any = true;
        }
    }

    public MeasuredTrack Finish() => _group == grid.GroupCount && _segments.Count == _plan.Count
        ? new(rendition.Name, _format.Codecs, rendition.Size, grid.FrameRate, _format.HasInit, _segments)
        : throw new InvalidDataException(InputArguments.Text($"{_group} of {grid.GroupCount} groups were made."));

    public void Dispose()
    {
        _segment?.Dispose();
        folder.Dispose();
    }

    private async Task TakeGroupAsync(FileStream file, CancellationToken cancellationToken)
    {
        if (_group >= grid.GroupCount)
        {
            throw new InvalidDataException("More groups than were asked for.");
        }

        _segment ??= createFile();
        long offset = _segment.Position;
        GroupMeasure made = await _format.CopyAsync(file, _group, _segment, cancellationToken);
        if (made.FrameCount != GroupFrames.Count(grid, _group))
        {
            throw new InvalidDataException(InputArguments.Text(
                $"Group {_group} has {made.FrameCount} frames instead of {GroupFrames.Count(grid, _group)}."));
        }

        if (_group++ == 0 && _format.HasInit)
        {
            await uploads.AddBytesAsync($"{rendition.Name}/{MediaFiles.Init}", _format.Init());
        }

        _keyFrames.Add(new(offset, made.KeyFrameBytes, made.DurationSeconds));
        _seconds += made.DurationSeconds;
        if (_keyFrames.Count == _plan[_segments.Count])
        {
            await EndSegmentAsync(cancellationToken);
        }
    }

    private async Task EndSegmentAsync(CancellationToken cancellationToken)
    {
        await _segment!.FlushAsync(cancellationToken);
        FileStream whole = _segment;
        string name = _format.SegmentName(_segments.Count);
        _segments.Add(new(name, _seconds, whole.Length, [.. _keyFrames]));
        _segment = null;
        _keyFrames.Clear();
        _seconds = 0;
        await uploads.AddFileAsync($"{rendition.Name}/{name}", whole);
    }
}
