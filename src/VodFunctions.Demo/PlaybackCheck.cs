namespace VodFunctions.Demo;

/// <summary>Fetches what a player fetches first: master playlist, a media playlist, the first segment.</summary>
internal sealed class PlaybackCheck(HttpClient http)
{
    /// <summary>The master playlist's address, from what the API says.</summary>
    public Uri Resolve(string master) =>
        Uri.TryCreate(master, UriKind.Absolute, out Uri? absolute) && absolute.Scheme is "http" or "https" ? absolute
        : new Uri(http.BaseAddress!, master.StartsWith('/') ? master : $"/media/{master}");

    /// <summary>Fetches down to the first segment.</summary>
    /// <returns>How many bytes of it came.</returns>
    /// <exception cref="DemoException">A part is missing or empty.</exception>
    public async Task<long> FetchFirstSegmentAsync(Uri master, CancellationToken cancellationToken)
    {
        Uri playlist = new(master, await FirstEntryAsync(master, cancellationToken));
        Uri segment = new(playlist, await FirstEntryAsync(playlist, cancellationToken));
        byte[] bytes = await GetAsync(segment, cancellationToken);
        return bytes.Length > 0 ? bytes.Length : throw new DemoException($"{segment.AbsolutePath} is empty.");
    }

    // A line that is no tag and no comment names a playlist or a segment (RFC 8216 section 4.1).
    private async Task<string> FirstEntryAsync(Uri playlist, CancellationToken cancellationToken)
    {
        string text = System.Text.Encoding.UTF8.GetString(await GetAsync(playlist, cancellationToken));
        string[] lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines is ["#EXTM3U", ..] && lines.FirstOrDefault(line => line[0] != '#') is { } entry
            ? entry
            : throw new DemoException($"{playlist.AbsolutePath} is no playlist, or an empty one.");
    }

    private async Task<byte[]> GetAsync(Uri uri, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await http.GetAsync(uri, cancellationToken);
        return response.IsSuccessStatusCode
            ? await response.Content.ReadAsByteArrayAsync(cancellationToken)
            : throw new DemoException($"GET {uri.AbsolutePath}: {(int)response.StatusCode}");
    }
}
