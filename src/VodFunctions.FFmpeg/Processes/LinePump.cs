using System.Buffers;
using System.Text;

namespace VodFunctions.FFmpeg.Processes;

/// <summary>Reads a pipe to its end, line by line, in bounded memory: what is past a line's limit is dropped.</summary>
internal static class LinePump
{
    /// <summary>The longest line that is handed on, in characters.</summary>
    public const int MaxLineLength = 8192;

    public static async Task RunAsync(Stream pipe, Action<string> onLine)
    {
        Decoder decoder = Encoding.UTF8.GetDecoder();
        byte[] bytes = ArrayPool<byte>.Shared.Rent(16 * 1024);
        char[] chars = ArrayPool<char>.Shared.Rent(16 * 1024 + 1);
        var line = new StringBuilder();
        try
        {
            int read;
            while ((read = await pipe.ReadAsync(bytes).ConfigureAwait(false)) > 0)
            {
                int count = decoder.GetChars(bytes, 0, read, chars, 0);
                Split(chars.AsSpan(0, count), line, onLine);
            }

            if (line.Length > 0)
            {
                onLine(line.ToString());
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
            ArrayPool<char>.Shared.Return(chars);
        }
    }

    private static void Split(ReadOnlySpan<char> text, StringBuilder line, Action<string> onLine)
    {
        while (!text.IsEmpty)
        {
            int end = text.IndexOfAny('\n', '\r');
            ReadOnlySpan<char> part = end < 0 ? text : text[..end];
            line.Append(part[..Math.Min(part.Length, MaxLineLength - line.Length)]);
            if (end < 0)
            {
                return;
            }

            text = text[(end + 1)..];
            if (line.Length > 0)
            {
                onLine(line.ToString());
                line.Clear();
            }
        }
    }
}
