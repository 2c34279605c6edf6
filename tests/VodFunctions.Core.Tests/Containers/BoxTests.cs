using FsCheck;
using FsCheck.Fluent;
using VodFunctions.Core.Containers;
using Xunit;

namespace VodFunctions.Core.Tests.Containers;

public sealed class BoxTests
{
    private static readonly MovieFragment s_fragment = new(
        7, 120_120, [new(1001, 900, FragmentSample.SyncFlags, 2002), new(1001, 80, FragmentSample.NonSyncFlags, 0)]);

    [Fact]
    public void A_fragment_reads_back_as_it_was_written()
    {
        byte[] head = MovieFragmentWriter.Write(s_fragment);

        MovieFragment read = MovieFragmentReader.Read(head.AsSpan(0, head.Length - 8), default);

        Assert.Equal(s_fragment with { Samples = read.Samples }, read);
        Assert.Equal(s_fragment.Samples, read.Samples);
        Assert.Equal("mdat"u8, head.AsSpan(head.Length - 4));
        Assert.Equal(980 + 8, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(head.Length - 8)));
    }

    [Fact]
    public void Any_fragment_reads_back_as_it_was_written() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<(uint, ulong, (ushort, ushort, bool, short)[])>(),
        ((uint Sequence, ulong Time, (ushort Duration, ushort Size, bool Sync, short Offset)[] Samples) made) =>
        {
            if (made.Samples.Length == 0)
            {
                return true;
            }

            FragmentSample[] samples =
            [
                .. made.Samples.Select(sample => new FragmentSample(
                    sample.Duration, sample.Size, sample.Sync ? FragmentSample.SyncFlags : FragmentSample.NonSyncFlags, sample.Offset)),
            ];
            byte[] head = MovieFragmentWriter.Write(new(made.Sequence, made.Time, samples));
            MovieFragment read = MovieFragmentReader.Read(head.AsSpan(0, head.Length - 8), default);
            return read.Sequence == made.Sequence && read.BaseDecodeTime == made.Time && read.Samples.SequenceEqual(samples);
        }));

    [Fact]
    public void Every_truncation_is_refused()
    {
        byte[] moof = MovieFragmentWriter.Write(s_fragment)[..^8];
        for (int length = 0; length < moof.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => MovieFragmentReader.Read(moof.AsSpan(0, length), default));
        }
    }

    [Fact]
    public void Damaged_bytes_are_read_or_refused_and_nothing_else() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<(ushort, byte)[]>(),
        ((ushort At, byte Value)[] damage) =>
        {
            byte[] moof = MovieFragmentWriter.Write(s_fragment)[..^8];
            foreach ((ushort at, byte value) in damage)
            {
                moof[at % moof.Length] = value;
            }

            return ReadsOrRefuses(() => MovieFragmentReader.Read(moof, default));
        }));

    [Fact]
    public void Random_bytes_never_read_as_anything_but_boxes() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(),
        (byte[] bytes) => ReadsOrRefuses(() =>
        {
            foreach (Box box in new BoxReader(bytes))
            {
                Assert.True(box.Bytes.Length >= 8);
            }
        }) && ReadsOrRefuses(() => VideoInit.Read(bytes))
            && ReadsOrRefuses(() => AdtsHeader.Read(bytes))
            && ReadsOrRefuses(() => PesHeader.Read(bytes))));

    [Theory]
    [InlineData("00000000", "a size that means: to the end")]
    [InlineData("00000007", "less than its own header")]
    [InlineData("FFFFFFFF", "more than there is")]
    [InlineData("00000001", "a 64-bit size that is not there")]
    public void A_box_of_an_impossible_size_is_refused(string size, string why)
    {
        byte[] bytes = [.. Convert.FromHexString(size), .. "free"u8];

        Assert.True(Assert.Throws<InvalidDataException>(() => new BoxReader(bytes).MoveNext()) is not null, why);
    }

    [Fact]
    public void A_negative_64_bit_size_is_refused()
    {
        byte[] bytes = [0, 0, 0, 1, .. "free"u8, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF];

        Assert.Throws<InvalidDataException>(() => new BoxReader(bytes).MoveNext());
    }

    private static bool ReadsOrRefuses(Action read)
    {
        try
        {
            read();
        }
        catch (InvalidDataException)
        {
        }

        return true;
    }
}
