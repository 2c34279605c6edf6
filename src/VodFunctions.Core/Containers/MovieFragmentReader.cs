namespace VodFunctions.Core.Containers;

/// <summary>Reads a <c>moof</c> (ISO/IEC 14496-12 section 8.8). What FFmpeg writes is read in full; anything odd throws.</summary>
public static class MovieFragmentReader
{
    /// <summary>Reads a whole <c>moof</c> box.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or not of one track and one run.</exception>
    public static MovieFragment Read(ReadOnlySpan<byte> moof, SampleDefaults defaults)
    {
        Box box = BoxReader.Find(moof, "moof"u8);
        var header = new FieldReader(box.Child("mfhd"u8).Payload);
        header.VersionAndFlags();
        uint sequence = header.U32();

        ReadOnlySpan<byte> track = default;
        ReadOnlySpan<byte> run = default;
        foreach (Box child in new BoxReader(box.Payload))
        {
            track = Only(child, "traf"u8, track);
        }

        foreach (Box child in new BoxReader(track))
        {
            run = Only(child, "trun"u8, run);
        }

        SampleDefaults own = ReadTrackHeader(BoxReader.Find(track, "tfhd"u8).Payload, defaults);
        ulong decodeTime = ReadDecodeTime(BoxReader.Find(track, "tfdt"u8).Payload);
        return new(sequence, decodeTime, ReadRun(run, own, box.Bytes.Length));
    }

    private static ReadOnlySpan<byte> Only(Box child, ReadOnlySpan<byte> type, ReadOnlySpan<byte> found)
    {
        if (!child.Is(type))
        {
            return found;
        }

        return found.IsEmpty ? child.Payload : throw new InvalidDataException($"More than one {child.Type} in a fragment.");
    }

    private static SampleDefaults ReadTrackHeader(ReadOnlySpan<byte> payload, SampleDefaults defaults)
    {
        var fields = new FieldReader(payload);
        uint flags = fields.VersionAndFlags().Flags;
        fields.U32();
        if ((flags & 0x1) != 0)
        {
            throw new InvalidDataException("A fragment with an absolute data offset.");
        }

        fields.Take((flags & 0x2) != 0 ? 4 : 0);
        uint duration = (flags & 0x8) != 0 ? fields.U32() : defaults.Duration;
        uint size = (flags & 0x10) != 0 ? fields.U32() : defaults.Size;
        uint sampleFlags = (flags & 0x20) != 0 ? fields.U32() : defaults.Flags;
        return new(duration, size, sampleFlags);
    }

    private static ulong ReadDecodeTime(ReadOnlySpan<byte> payload)
    {
        var fields = new FieldReader(payload);
        return fields.VersionAndFlags().Version == 0 ? fields.U32() : fields.U64();
    }

    private static FragmentSample[] ReadRun(ReadOnlySpan<byte> payload, SampleDefaults defaults, int moofSize)
    {
        var fields = new FieldReader(payload);
        uint flags = fields.VersionAndFlags().Flags;
        uint count = fields.U32();
        if (count is 0 or > MovieFragment.MaxSamples)
        {
            throw new InvalidDataException("An impossible number of samples.");
        }

        // The samples must follow the moof and the mdat's header at once, so that they can be copied unseen.
        if ((flags & 0x1) != 0 && fields.I32() != moofSize + 8)
        {
            throw new InvalidDataException("The samples are not where they should be.");
        }

        uint firstFlags = (flags & 0x4) != 0 ? fields.U32() : defaults.Flags;
        bool hasFirstFlags = (flags & 0x4) != 0;
        int width = System.Numerics.BitOperations.PopCount(flags & 0xF00) * 4;
        if ((long)count * width != fields.Left)
        {
            throw new InvalidDataException("A run of samples is cut off.");
        }

        var samples = new FragmentSample[count];
        for (int i = 0; i < samples.Length; i++)
        {
            uint duration = (flags & 0x100) != 0 ? fields.U32() : defaults.Duration;
            uint size = (flags & 0x200) != 0 ? fields.U32() : defaults.Size;
            uint own = (flags & 0x400) != 0 ? fields.U32() : defaults.Flags;
            int offset = (flags & 0x800) != 0 ? fields.I32() : 0;
            samples[i] = new(duration, size, i == 0 && hasFirstFlags ? firstFlags : own, offset);
        }

        return samples;
    }
}
