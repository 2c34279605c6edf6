using Microsoft.AspNetCore.Http;
using VodFunctions.Core.Problems;
using VodFunctions.Core.Videos;

namespace VodFunctions.Api.Calls;

/// <summary>Reads paths by the table's own routes, as hosts differ in what they leave in the request's route values.</summary>
internal static class Routes
{
    private const string VideoIdParameter = "{videoId}";

    /// <summary>The <c>{videoId}</c> of a path that the route has matched; null when the route has none.</summary>
    /// <exception cref="ProblemException">What stands there is no id, so there is no such video.</exception>
    public static VideoId? ReadVideoId(string route, PathString path)
    {
        int index = Array.IndexOf(route.Split('/'), VideoIdParameter);
        if (index < 0)
        {
            return null;
        }

        string[] segments = Segments(path);
        return index < segments.Length && VideoId.TryParse(segments[index], out VideoId videoId)
            ? videoId
            : throw ProblemException.NotFound();
    }

    /// <summary>Whether a path is one of the route's, by its literal segments (in any case, as hosts match them).</summary>
    public static bool Matches(string route, PathString path)
    {
        string[] expected = route.Split('/');
        string[] segments = Segments(path);
        return segments.Length == expected.Length
            && segments.Zip(expected).All(pair => pair.Second == VideoIdParameter
                ? pair.First.Length > 0
                : pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));
    }

    private static string[] Segments(PathString path) =>
        path.StartsWithSegments(VodApi.Prefix, StringComparison.OrdinalIgnoreCase, out PathString rest)
            ? Inner(rest.Value ?? "").Split('/')
            : [];

    // One slash on each side, as the router takes it.
    private static string Inner(string rest)
    {
        string inner = rest.StartsWith('/') ? rest[1..] : rest;
        return inner.EndsWith('/') ? inner[..^1] : inner;
    }
}
