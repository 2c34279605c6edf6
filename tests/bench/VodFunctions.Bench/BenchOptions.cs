using System.Globalization;

namespace VodFunctions.Bench;

/// <summary>What to measure.</summary>
/// <param name="Runs">How many pairs of a bare run and a job, for each clip and grouping.</param>
/// <param name="ClipSeconds">The generated clips.</param>
/// <param name="Video">A file of the caller's instead of them.</param>
/// <param name="LoadTime">How long each endpoint is under load; zero: not at all.</param>
/// <param name="Notices">How many push delays of each kind; zero: none.</param>
/// <param name="Report">Where the Markdown goes as well.</param>
internal sealed record BenchOptions(
    int Runs, IReadOnlyList<int> ClipSeconds, string? Video, TimeSpan LoadTime, int Notices, string? Report)
{
    private static readonly BenchOptions s_default = new(3, [20, 60], null, TimeSpan.FromSeconds(5), 60, null);

    /// <summary>Reads the command line.</summary>
    /// <exception cref="BenchException">It is not understood.</exception>
    public static BenchOptions Parse(string[] args)
    {
        BenchOptions options = s_default;
        for (int index = 0; index < args.Length; index++)
        {
            switch (args[index])
            {
                case "--quick":
                    options = options with { Runs = 1, ClipSeconds = [6], LoadTime = TimeSpan.FromSeconds(2), Notices = 10 };
                    break;
                case "--runs":
                    options = options with { Runs = Number(args, ++index, 1) };
                    break;
                case "--load":
                    options = options with { LoadTime = TimeSpan.FromSeconds(Number(args, ++index, 0)) };
                    break;
                case "--notices":
                    options = options with { Notices = Number(args, ++index, 0) };
                    break;
                case "--video":
                    options = options with { Video = Value(args, ++index) };
                    break;
                case "--report":
                    options = options with { Report = Value(args, ++index) };
                    break;
                default:
                    throw new BenchException($"Unknown option {args[index]}: see ./dev --help.");
            }
        }

        return options;
    }

    private static string Value(string[] args, int index) =>
        index < args.Length ? args[index] : throw new BenchException($"{args[^1]} takes a value: see ./dev --help.");

    private static int Number(string[] args, int index, int least) =>
        int.TryParse(Value(args, index), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        && number >= least && number <= 1000
            ? number
            : throw new BenchException($"{args[index - 1]} takes a number from {least} to 1000.");
}

/// <summary>The benchmark cannot go on; the message is one sentence for the person who started it.</summary>
internal sealed class BenchException(string message, Exception? inner = null) : Exception(message, inner);
