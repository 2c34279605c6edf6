namespace VodFunctions.Core.Containers;

/// <summary>A sample of a fragment, in units of the track's timescale.</summary>
/// <param name="Duration">Until the next one in decoding order.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Flags">ISO/IEC 14496-12 section 8.8.3.1.</param>
/// <param name="CompositionOffset">When it is shown, counted from when it is decoded.</param>
public readonly record struct FragmentSample(uint Duration, uint Size, uint Flags, int CompositionOffset)
{
    /// <summary>The flags of a sample that depends on no other.</summary>
    public const uint SyncFlags = 0x02000000;

    /// <summary>The flags of a sample that depends on others.</summary>
    public const uint NonSyncFlags = 0x01010000;

    /// <summary>Whether decoding can start here.</summary>
    public bool IsSync => (Flags & 0x00010000) == 0;
}

/// <summary>What a sample has when its fragment does not say (<c>trex</c>).</summary>
/// <param name="Duration">In the track's timescale.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Flags">See <see cref="FragmentSample.Flags"/>.</param>
public readonly record struct SampleDefaults(uint Duration, uint Size, uint Flags);

/// <summary>One <c>moof</c> with one track and one run of samples, whose bytes follow at once in one <c>mdat</c>.</summary>
/// <param name="Sequence">1 for the first of a track.</param>
/// <param name="BaseDecodeTime">When its first sample is decoded (<c>tfdt</c>), in the track's timescale.</param>
/// <param name="Samples">At least one, in decoding order.</param>
public sealed record MovieFragment(uint Sequence, ulong BaseDecodeTime, IReadOnlyList<FragmentSample> Samples)
{
    /// <summary>The most samples that are read from one fragment: more than any group of pictures has.</summary>
    public const int MaxSamples = 100_000;

    /// <summary>How long it lasts, in the track's timescale.</summary>
    public long Duration => Samples.Sum(sample => (long)sample.Duration);

    /// <summary>How many bytes of samples follow.</summary>
    public long DataSize => Samples.Sum(sample => (long)sample.Size);
}
