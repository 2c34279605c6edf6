namespace VodFunctions.Core.Containers;

/// <summary>Writes a <c>moof</c> and the header of the <c>mdat</c> that follows it.</summary>
public static class MovieFragmentWriter
{
    private const int MdatHeader = 8;

    /// <summary>The bytes that come before the samples' own.</summary>
    /// <exception cref="InvalidDataException">The samples take more than 32 bits can say.</exception>
    public static byte[] Write(MovieFragment fragment)
    {
        if (fragment.DataSize > uint.MaxValue - MdatHeader)
        {
            throw new InvalidDataException("A fragment of more than 4 GiB.");
        }

        // The same length for whatever offset: written once to learn it.
        int moofSize = WriteMoof(fragment, 0).Length;
        return new BoxWriter()
            .Bytes(WriteMoof(fragment, (uint)(moofSize + MdatHeader)))
            .U32((uint)(fragment.DataSize + MdatHeader))
            .Bytes("mdat"u8)
            .ToArray();
    }

    private static byte[] WriteMoof(MovieFragment fragment, uint dataOffset)
    {
        FragmentSample first = fragment.Samples[0];
        FragmentSample rest = fragment.Samples[^1];
        bool sameDuration = fragment.Samples.All(sample => sample.Duration == first.Duration);
        bool sameFlags = fragment.Samples.Skip(1).All(sample => sample.Flags == rest.Flags);
        bool offsets = fragment.Samples.Any(sample => sample.CompositionOffset != 0);
        uint runFlags = 0x1 | 0x200
            | (sameDuration ? 0u : 0x100)
            | (sameFlags ? first.Flags == rest.Flags ? 0u : 0x4 : 0x400)
            | (offsets ? 0x800u : 0);

        return new BoxWriter().Box("moof"u8, moof => moof
            .FullBox("mfhd"u8, 0, 0, box => box.U32(fragment.Sequence))
            .Box("traf"u8, traf => traf
                // 0x020000: offsets count from the moof (CMAF, ISO/IEC 23000-19 section 7.5.16).
                .FullBox("tfhd"u8, 0, 0x020000 | 0x8 | 0x20, box => box.U32(1).U32(first.Duration).U32(rest.Flags))
                .FullBox("tfdt"u8, 1, 0, box => box.U64(fragment.BaseDecodeTime))
                .FullBox("trun"u8, 1, runFlags, box => WriteRun(box, fragment.Samples, runFlags, dataOffset)))).ToArray();
    }

    private static void WriteRun(BoxWriter box, IReadOnlyList<FragmentSample> samples, uint flags, uint dataOffset)
    {
        box.U32((uint)samples.Count).U32(dataOffset);
        if ((flags & 0x4) != 0)
        {
            box.U32(samples[0].Flags);
        }

        foreach (FragmentSample sample in samples)
        {
            if ((flags & 0x100) != 0)
            {
                box.U32(sample.Duration);
            }

            box.U32(sample.Size);
            if ((flags & 0x400) != 0)
            {
                box.U32(sample.Flags);
            }

            if ((flags & 0x800) != 0)
            {
                box.U32((uint)sample.CompositionOffset);
            }
        }
    }
}
