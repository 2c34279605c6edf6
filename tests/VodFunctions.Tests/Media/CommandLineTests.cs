using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using VodFunctions.Media;
using Xunit;

namespace VodFunctions.Tests.Media;

public sealed class CommandLineTests
{
    // What quoting can get wrong, more often than anything else.
    private static readonly Gen<string> s_arguments = Gen.Elements(
            ' ', ' ', '"', '"', '\\', '\\', '\'', '\t', '\n', '\r', '-', '$', '`', '*', '%', ';', '&', '|', '=', 'a', 'Z', '0',
            '\u00e9', '\ud55c', '\u00a0', '\u2003', '\u0001', '\u007f')
        .ListOf().Select(characters => string.Concat(characters));

    [Fact]
    public void Arguments_survive_the_start_of_a_process() => Check.QuickThrowOnFailure(Prop.ForAll(
        s_arguments.ListOf().ToArbitrary(),
        arguments => Received(CommandLine.Join(arguments)).SequenceEqual(arguments, StringComparer.Ordinal)));

    /// <summary>FFMpegCore puts file names between quotes by itself.</summary>
    [Fact]
    public void A_plain_argument_survives_between_two_quotes() => Check.QuickThrowOnFailure(Prop.ForAll(
        s_arguments.Where(CommandLine.IsPlain).ToArbitrary(),
        argument => Received($"\"{argument}\" end").SequenceEqual([argument, "end"], StringComparer.Ordinal)));

    [Theory]
    [InlineData("a\"b")]
    [InlineData("\"")]
    [InlineData("ends in \\")]
    public void What_would_not_survive_there_is_not_plain(string argument)
    {
        Assert.False(CommandLine.IsPlain(argument));
        Assert.Equal([argument], Received(CommandLine.Join([argument])));
    }

    private static string[] Received(string line)
    {
        var start = new ProcessStartInfo("/bin/sh", $"-c \"for a; do printf '%s\\0' \\\"$a\\\"; done\" sh {line}")
        {
            RedirectStandardOutput = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output.Split('\0')[..^1];
    }
}
