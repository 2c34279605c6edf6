namespace VodFunctions.Core.Containers;

/// <summary>What one group of pictures in MPEG-TS holds.</summary>
/// <param name="FrameCount">Pictures.</param>
/// <param name="FirstPts">The earliest picture's time, in 1/90000 s.</param>
/// <param name="StartsWithKeyFrame">Whether decoding can start at the first picture.</param>
/// <param name="KeyFrameEnd">Where the first picture's last packet ends, counted from the group's begin.</param>
/// <param name="Codecs">RFC 6381, the sound's too when there is one.</param>
public sealed record TsGroup(int FrameCount, long FirstPts, bool StartsWithKeyFrame, long KeyFrameEnd, string Codecs);

/// <summary>Reads a group's packets one after another. A group begins with its own PAT and PMT.</summary>
public sealed class TsGroupScanner
{
    private const int H264 = 0x1B;
    private const int AdtsAac = 0x0F;
    private const int MaxParameterBytes = 4096;

    private readonly List<byte> _parameters = [];
    private int _programPid = -1;
    private int _videoPid = -1;
    private int _audioPid = -1;
    private long _position;
    private int _frames;
    private long _firstPts = long.MaxValue;
    private bool _startsWithKeyFrame;
    private long _keyFrameEnd;
    private string? _audioCodec;

    /// <summary>Reads the next packet.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        TsPacket packet = TsPacket.Read(bytes);
        _position += TsPacket.Size;
        if (packet.Pid == 0)
        {
            ReadAssociation(packet.Section());
        }
        else if (packet.Pid == _programPid)
        {
            ReadProgram(packet.Section());
        }
        else if (packet.Pid == _videoPid)
        {
            ReadVideo(packet);
        }
        else if (packet.Pid == _audioPid && packet.StartsUnit && _audioCodec is null)
        {
            PesHeader header = PesHeader.Read(packet.Payload);
            _audioCodec = CodecStrings.Aac(AdtsHeader.Read(packet.Payload[header.Size..]).ObjectType);
        }
    }

    /// <summary>What the packets held.</summary>
    /// <exception cref="InvalidDataException">No picture, or not the parameters to decode it.</exception>
    public TsGroup Finish()
    {
        string? codec = CodecStrings.FromByteStream(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_parameters));
        return _frames == 0 || codec is null
            ? throw new InvalidDataException("A group without a picture that can be decoded.")
            : new(
                _frames, _firstPts, _startsWithKeyFrame, _keyFrameEnd,
                _audioCodec is null ? codec : $"{codec},{_audioCodec}");
    }

    private void ReadAssociation(ReadOnlySpan<byte> section)
    {
        var fields = new FieldReader(section);
        while (fields.Left >= 4)
        {
            bool isProgram = fields.U16() != 0;
            int pid = fields.U16() & 0x1FFF;
            _programPid = isProgram ? pid : _programPid;
        }
    }

    private void ReadProgram(ReadOnlySpan<byte> section)
    {
        var fields = new FieldReader(section);
        fields.U16();
        fields.Take(fields.U16() & 0xFFF);
        while (fields.Left >= 5)
        {
            int type = fields.U8();
            int pid = fields.U16() & 0x1FFF;
            fields.Take(fields.U16() & 0xFFF);
            _videoPid = type == H264 ? pid : _videoPid;
            _audioPid = type == AdtsAac ? pid : _audioPid;
        }
    }

    private void ReadVideo(TsPacket packet)
    {
        ReadOnlySpan<byte> payload = packet.Payload;
        if (packet.StartsUnit)
        {
            PesHeader header = PesHeader.Read(payload);
            payload = payload[header.Size..];
            _startsWithKeyFrame |= _frames == 0 && packet.RandomAccess;
            _firstPts = Math.Min(_firstPts, header.Pts);
            _frames++;
        }

        if (_frames == 1)
        {
            _keyFrameEnd = _position;
            _parameters.AddRange(payload[..Math.Min(payload.Length, MaxParameterBytes - _parameters.Count)]);
        }
    }
}
