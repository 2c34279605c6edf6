namespace VodFunctions.Demo;

/// <summary>What the demo does.</summary>
/// <param name="Url">The host.</param>
/// <param name="Video">The file to upload; null for a generated clip.</param>
/// <param name="WorkFolder">Where the generated clip goes.</param>
/// <param name="Patience">How long it may go on without a step forward: a long film takes hours where processors are few.</param>
internal sealed record DemoOptions(Uri Url, string? Video, string WorkFolder, TimeSpan Patience)
{
    private const string Usage =
        "demo --url http://localhost:7071 [--video FILE] [--work FOLDER] [--patience SECONDS]";

    /// <summary>Reads the command line.</summary>
    /// <exception cref="DemoException">It is not understood.</exception>
    public static DemoOptions Parse(string[] args)
    {
        var options = new DemoOptions(new Uri("http://localhost:7071"), null, Path.GetTempPath(), TimeSpan.FromHours(1));
        for (int index = 0; index < args.Length; index += 2)
        {
            string value = index + 1 < args.Length ? args[index + 1] : throw new DemoException($"Usage: {Usage}");
            options = args[index] switch
            {
                "--url" when Uri.TryCreate(value, UriKind.Absolute, out Uri? url) => options with { Url = url },
                "--video" => options with { Video = value },
                "--work" => options with { WorkFolder = value },
                "--patience" when int.TryParse(value, out int seconds) && seconds > 0 =>
                    options with { Patience = TimeSpan.FromSeconds(seconds) },
                _ => throw new DemoException($"Usage: {Usage}"),
            };
        }

        return options;
    }
}

/// <summary>The demo cannot go on; the message is for the person who started it.</summary>
/// <param name="message">One sentence.</param>
/// <param name="inner">The cause.</param>
internal sealed class DemoException(string message, Exception? inner = null) : Exception(message, inner);
