using VodFunctions.Core.Containers;
using VodFunctions.Core.Ladder;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Transcoding;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>Joins the groups of one rendition to segments as they appear, measures them and passes them on.</summary>
internal sealed class VideoPackager(
    string folder, Rendition rendition, TimeGrid grid, Packaging packaging, SegmentUploads uploads) : ITrackPackager
{
    private readonly IGroupFormat _format =
        packaging == Packaging.Cmaf ? new CmafGroups(folder, rendition, grid) : new TsGroups(grid);

    private readonly IReadOnlyList<int> _plan = grid.GroupsPerSegment();
    private readonly List<MeasuredSegment> _segments = [];
    private readonly List<MeasuredKeyFrame> _keyFrames = [];
    private FileStream? _segment;
    private double _seconds;
    private int _group;

    public async Task<bool> TakeAsync(CancellationToken cancellationToken)
    {
        bool any = false;
        for (string file = GroupFile(); File.Exists(file); file = GroupFile())
        {
            await TakeGroupAsync(file, cancellationToken);
            File.Delete(file);
            any = true;
        }

        return any;
    }

    public MeasuredTrack Finish() => _group == grid.GroupCount && _segments.Count == _plan.Count
        ? new(rendition.Name, _format.Codecs, rendition.Size, grid.FrameRate, _format.HasInit, _segments)
        : throw new InvalidDataException(InputArguments.Text($"{_group} of {grid.GroupCount} groups were made."));

    public void Dispose() => _segment?.Dispose();

    private string GroupFile() => Path.Combine(folder, GroupFiles.Name(_group, packaging));

    private async Task TakeGroupAsync(string file, CancellationToken cancellationToken)
    {
        if (_group >= grid.GroupCount)
        {
            throw new InvalidDataException("More groups than were asked for.");
        }

        _segment ??= new(
            Path.Combine(folder, SegmentName), FileMode.Create, FileAccess.Write, FileShare.None, 64 * 1024, useAsync: true);
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
        string local = _segment.Name;
        string name = SegmentName;
        _segments.Add(new(name, _seconds, _segment.Length, [.. _keyFrames]));
        await _segment.DisposeAsync();
        _segment = null;
        _keyFrames.Clear();
        _seconds = 0;
        await uploads.AddFileAsync($"{rendition.Name}/{name}", local);
    }

    private string SegmentName => _format.SegmentName(_segments.Count);
}
