using System.Buffers.Binary;
using VodFunctions.Core.Probing;
using VodFunctions.FFmpeg.Probing.FileEnds;
using VodFunctions.FFmpeg.Tests.Support;

namespace VodFunctions.FFmpeg.Tests.Probing;

/// <summary>What a file says of itself against what is in it.</summary>
public sealed class DeclarationTests(Clips clips) : IClassFixture<Clips>
{
    [Theory]
    [InlineData("mp4", "-c:a aac")]
    [InlineData("mkv", "-c:a aac")]
    [InlineData("avi", "-c:a mp3")]
    [InlineData("flv", "-c:a aac -ar 44100")]
    public async Task A_duration_that_is_wrong_in_the_header_refuses_no_whole_file(string container, string codecs)
    {
        Task<string> right = clips.Make($"right.{container}", $"{Clips.Picture} {Clips.Sound} {Clips.H264} {codecs}");
        string wrong = await clips.Change($"wrong.{container}", right, bytes => WithDuration(bytes, container, factor: 3));

        Assert.Equal(2, (await Probers.FactsAsync(wrong)).DurationSeconds, 0.1);
    }

    [Theory]
    [InlineData("fast.mp4", "-movflags +faststart", "mov")]
    [InlineData("plain.mov", "", "mov")]
    [InlineData("fragments.mp4", "-movflags frag_keyframe+empty_moov", "mov")]
    [InlineData("whole.mkv", "", "matroska")]
    [InlineData("whole.avi", "", "avi")]
    public async Task Only_a_file_that_was_cut_off_is_torn(string name, string options, string demuxer)
    {
        Task<string> whole = clips.Make($"end-{name}", $"{Clips.Picture} {Clips.H264} {options}");

        Assert.False(FileEnd.IsTorn(await whole, demuxer));
        foreach (int percent in (int[])[30, 60, 90])
        {
            string cut = await clips.Change($"cut{percent}-{name}", whole, bytes => bytes[..(bytes.Length * percent / 100)]);
            Assert.True(FileEnd.IsTorn(cut, demuxer), $"{name} at {percent} %");
        }
    }

    [Fact]
    public async Task A_live_recording_of_unknown_sizes_is_torn_where_a_block_is_cut()
    {
        Task<string> live = clips.MakePiped("live.webm", $"{Clips.Picture} -c:v libvpx -deadline realtime -f webm -live 1");

        Assert.False(FileEnd.IsTorn(await live, "matroska"));
        Assert.True(FileEnd.IsTorn(
            await clips.Change("live-cut.webm", live, bytes => bytes[..^(bytes.Length / 3)]), "matroska"));
    }

    [Theory]
    [InlineData("mp4", "default")]
    [InlineData("mkv", "default")]
    [InlineData("mkv", "0")]
    public async Task A_single_picture_before_the_film_is_not_the_film(string container, string disposition)
    {
        string cover = await clips.Make("cover.jpg", "-f lavfi -i testsrc=s=640x360 -frames:v 1");
        string film = await clips.Make(
            $"cover-{disposition}.{container}",
            $"-i {cover} -i {await clips.Mp4()} -map 0 -map 1 -c copy -disposition:v:0 {disposition} -disposition:v:1 {disposition}");

        SourceFacts facts = await Probers.FactsAsync(film);

        Assert.Equal((1, 2, "h264"), (facts.VideoStream, facts.AudioStream, facts.VideoCodec));
    }

    [Fact]
    public async Task Tags_of_any_length_are_passed_over()
    {
        string text = new('x', 30_000);
        string tags = await clips.Text(
            "tags.txt", $";FFMETADATA1\ncomment={text}\n[STREAM]\nlanguage={text}\ntitle={text}\n[CHAPTER]\nSTART=0\nEND=1\ntitle={text}\n");
        string options = $"-i {await clips.Mp4()} -f ffmetadata -i {tags} -map 0:v -map 0:a -map_metadata 1 -c copy";

        foreach (string container in (string[])["mp4", "mkv"])
        {
            SourceFacts facts = await Probers.FactsAsync(await clips.Make($"tags.{container}", options));
            Assert.Equal((0, 1), (facts.VideoStream, facts.AudioStream));
        }
    }

    private static byte[] WithDuration(byte[] bytes, string container, int factor)
    {
        switch (container)
        {
            case "mp4":
                // Version 0: name, version and flags, two times, (of the movie and media) time scale, duration.
                Scale("mvhd"u8, 4 + 4 + 8 + 4);
                Scale("mdhd"u8, 4 + 4 + 8 + 4);
                Scale("tkhd"u8, 4 + 4 + 8 + 8);
                break;
            case "avi":
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(Bytes.IndexOf(bytes, "strh"u8, 0) + 40), 180);
                break;
            case "mkv":
                BinaryPrimitives.WriteDoubleBigEndian(
                    bytes.AsSpan(Bytes.IndexOf(bytes, [0x44, 0x89, 0x88], 0) + 3), 2000 * factor);
                break;
            default:
                BinaryPrimitives.WriteDoubleBigEndian(bytes.AsSpan(Bytes.IndexOf(bytes, "duration"u8, 0) + 9), 2 * factor);
                break;
        }

        return bytes;

        void Scale(ReadOnlySpan<byte> box, int at)
        {
            for (int name = Bytes.IndexOf(bytes, box, 0); name >= 0; name = Bytes.IndexOf(bytes, box, name + 4))
            {
                Span<byte> field = bytes.AsSpan(name + at);
                BinaryPrimitives.WriteUInt32BigEndian(field, (uint)(BinaryPrimitives.ReadUInt32BigEndian(field) * factor));
            }
        }
    }
}
