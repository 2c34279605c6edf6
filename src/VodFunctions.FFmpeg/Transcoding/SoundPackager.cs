using VodFunctions.Core.Containers;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Transcoding;
using VodFunctions.FFmpeg.Processes;

namespace VodFunctions.FFmpeg.Transcoding;

/// <summary>
/// Cuts the ADTS stream that ffmpeg is writing into fMP4 segments. The encoder's first frame (priming, 1,024 samples before
/// time 0) is left out, so the sound begins at 0 with no edit list, which old players ignore.
/// </summary>
internal sealed class SoundPackager(OutputFolder folder, long maxBytes, AudioWork work, SegmentUploads uploads)
    : ITrackPackager
{
    private const int ReadBytes = 64 * 1024;

    private readonly IReadOnlyList<int> _plan = SoundGrid.FramesPerSegment(work.Grid);
    private readonly List<MeasuredSegment> _segments = [];
    private readonly List<FragmentSample> _samples = [];
    private readonly MemoryStream _data = new();
    private readonly byte[] _buffer = new byte[ReadBytes];
    private FileStream? _stream;
    private AdtsHeader _format;
    private long _frames = -1;
    private int _filled;

    public async Task<bool> TakeAsync(CancellationToken cancellationToken)
    {
        _stream ??= folder.TryOpen(SoundCommand.Output, maxBytes);
        if (_stream is null)
        {
            return false;
        }

        bool any = false;
        int read;
        while ((read = await _stream.ReadAsync(_buffer.AsMemory(_filled), cancellationToken)) > 0)
        {
            any = true;
            _filled += read;
            int used = await TakeFramesAsync();
            _buffer.AsSpan(used, _filled - used).CopyTo(_buffer);
            _filled -= used;
        }

        return any;
    }

    public MeasuredTrack Finish() => _segments.Count == _plan.Count
        ? new(work.Name, CodecStrings.Aac(_format.ObjectType), null, null, HasInit: true, _segments)
        : throw new InvalidDataException(InputArguments.Text(
            $"{_frames} of {SoundGrid.FrameCount(work.Grid)} frames of sound were made."));

    public void Dispose()
    {
        _stream?.Dispose();
        _data.Dispose();
    }

    private async Task<int> TakeFramesAsync()
    {
        int used = 0;
        while (_filled - used >= AdtsHeader.MinSize)
        {
            AdtsHeader header = AdtsHeader.Read(_buffer.AsSpan(used, _filled - used));
            if (_filled - used < header.FrameSize)
            {
                break;
            }

            await TakeFrameAsync(header, _buffer.AsMemory(used + header.HeaderSize, header.PayloadSize));
            used += header.FrameSize;
        }

        return used;
    }

    private async Task TakeFrameAsync(AdtsHeader header, ReadOnlyMemory<byte> frame)
    {
        if (header.SampleRate != SoundGrid.SampleRate || header.Channels != 2)
        {
            throw new InvalidDataException("The sound is not 48 kHz stereo.");
        }

        _format = header;
        if (_frames++ < 0)
        {
            await uploads.AddBytesAsync(
                $"{work.Name}/{MediaFiles.Init}", AudioInit.Write(header, (uint)work.Bitrate.BitsPerSecond));
            return;
        }

        if (_segments.Count == _plan.Count)
        {
            // The encoder's last frame may hold nothing but its delay.
            return;
        }

        _samples.Add(new(AdtsHeader.SamplesPerFrame, (uint)frame.Length, FragmentSample.SyncFlags, 0));
        _data.Write(frame.Span);
        if (_samples.Count == _plan[_segments.Count])
        {
            await EndSegmentAsync();
        }
    }

    private async Task EndSegmentAsync()
    {
        long start = (_frames - _samples.Count) * AdtsHeader.SamplesPerFrame;
        var fragment = new MovieFragment((uint)_segments.Count + 1, (ulong)start, [.. _samples]);
        byte[] segment = [.. MovieFragmentWriter.Write(fragment), .. _data.GetBuffer().AsSpan(0, (int)_data.Length)];
        string name = InputArguments.Text($"seg_{_segments.Count:D5}.m4s");
        _segments.Add(new(name, (double)fragment.Duration / SoundGrid.SampleRate, segment.Length, []));
        _samples.Clear();
        _data.SetLength(0);
        await uploads.AddBytesAsync($"{work.Name}/{name}", segment);
    }
}
