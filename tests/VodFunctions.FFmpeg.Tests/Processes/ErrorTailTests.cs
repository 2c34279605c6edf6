using System.Text;
using VodFunctions.FFmpeg.Processes;

namespace VodFunctions.FFmpeg.Tests.Processes;

public sealed class ErrorTailTests
{
    [Fact]
    public void The_last_lines_are_kept_within_the_limit()
    {
        var tail = new ErrorTail([]);
        for (int line = 0; line < 10_000; line++)
        {
            tail.Add($"line {line}");
        }

        Assert.InRange(tail.ToString().Length, ErrorTail.MaxLength - 20, ErrorTail.MaxLength);
        Assert.EndsWith("line 9998\nline 9999", tail.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_endless_line_is_cut()
    {
        var tail = new ErrorTail([]);
        tail.Add(new string('x', 1_000_000));

        Assert.InRange(tail.ToString().Length, 1, ErrorTail.MaxLength);
    }

    [Fact]
    public void Paths_are_replaced_the_longest_first()
    {
        var tail = new ErrorTail([("/data", "work"), ("/data/in/file", "source"), ("/", "root")]);
        tail.Add("/data/in/file: bad; /data/out: bad");

        Assert.Equal("source: bad; work/out: bad", tail.ToString());
    }

    [Theory]
    [InlineData("bwrap: No permissions to create new namespace", true)]
    [InlineData("setpriv: setresuid failed", true)]
    [InlineData("source: Invalid data found when processing input", false)]
    public void It_tells_the_sandboxs_complaints_from_FFmpegs(string first, bool ofSandbox)
    {
        var tail = new ErrorTail([]);
        tail.Add(first);
        tail.Add("unshare: not the first line");

        Assert.Equal(ofSandbox, tail.IsOfSandbox);
    }

    [Fact]
    public async Task Lines_are_split_at_any_boundary_and_cut_at_their_limit()
    {
        List<string> lines = [];
        string text = "één\r\ntwo\n" + new string('x', LinePump.MaxLineLength + 5000) + "\nlast";
        await LinePump.RunAsync(new Trickle(Encoding.UTF8.GetBytes(text)), lines.Add);

        Assert.Equal(["één", "two", new string('x', LinePump.MaxLineLength), "last"], lines);
    }

    /// <summary>Gives one to three bytes at a time.</summary>
    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            new(Read(buffer.Span[..(int)Math.Min(buffer.Length, 1 + (Position % 3))]));
    }
}
