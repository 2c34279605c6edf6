using System.Text.RegularExpressions;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Notifications;

/// <summary>How the push service knows a person.</summary>
public static partial class PushIds
{
    private const string Hashed = "sha256-";

    /// <summary>
    /// The subject itself where it can stand in a URL's path, otherwise its hash: the service's REST API cannot address ids
    /// with a slash (its reference: "Group names and user IDs in request paths").
    /// </summary>
    public static string ToPushId(this UserId user)
    {
        string id = user.ToString();
        return Plain().IsMatch(id) && !id.StartsWith(Hashed, StringComparison.Ordinal) ? id : Hashed + user.ToPathSegment();
    }

    // Not of dots alone: "." and ".." are steps in a path (RFC 3986 section 5.2.4).
    [GeneratedRegex(@"\A(?!\.+\z)[A-Za-z0-9._~@|:-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
