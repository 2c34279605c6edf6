using System.Globalization;

namespace VodFunctions.FFmpeg.Processes;

/// <summary>
/// Keeps the last lines of standard error, in bounded memory and without this machine's paths: they go into records that
/// people see.
/// </summary>
internal sealed class ErrorTail
{
    /// <summary>The most characters that are kept.</summary>
    public const int MaxLength = 4000;

    private const string Stopped = "Exiting normally, received signal ";

    private static readonly string[] s_sandbox = ["bwrap: ", "confine: ", "setpriv: ", "setsid: ", "env: "];

    /// <summary>What decoders say of a picture that <c>-max_pixels</c> forbids (libavutil/imgutils.c).</summary>
    private const string Refused = "exceeds specified max pixel count";

    private readonly Lock _lock = new();
    private readonly Queue<string> _lines = new();
    private readonly (string Path, string Name)[] _names;
    private int _length;
    private bool _any;

    /// <summary>Whether the first to complain was not FFmpeg but what stands around it.</summary>
    public bool IsOfSandbox { get; private set; }

    /// <summary>Whether a picture was refused for its size, anywhere in the file.</summary>
    public bool RefusedPicture { get; private set; }

    /// <summary>The signal that FFmpeg says it ended upon.</summary>
    public int? StoppedBy { get; private set; }

    /// <param name="names">Paths and what is said in their place.</param>
    public ErrorTail(IEnumerable<(string Path, string Name)> names) =>
        // The longest first: a source may be inside of the work folder.
        _names = [.. names.Where(name => name.Path.Length > 1).OrderByDescending(name => name.Path.Length)];

    public void Add(string line)
    {
        IsOfSandbox |= !_any && s_sandbox.Any(program => line.StartsWith(program, StringComparison.Ordinal));
        _any = true;
        StoppedBy = line.StartsWith(Stopped, StringComparison.Ordinal)
            && int.TryParse(line.AsSpan(Stopped.Length).TrimEnd('.'), NumberStyles.None, CultureInfo.InvariantCulture, out int signal)
            ? signal
            : StoppedBy;
        RefusedPicture |= line.Contains(Refused, StringComparison.Ordinal);
        string shown = _names.Aggregate(line, (text, name) => text.Replace(name.Path, name.Name, StringComparison.Ordinal));
        shown = shown.Length > MaxLength - 1 ? shown[..(MaxLength - 1)] : shown;
        lock (_lock)
        {
            _lines.Enqueue(shown);
            _length += shown.Length + 1;
            while (_length > MaxLength)
            {
                _length -= _lines.Dequeue().Length + 1;
            }
        }
    }

    public override string ToString()
    {
        lock (_lock)
        {
            return string.Join('\n', _lines);
        }
    }
}
