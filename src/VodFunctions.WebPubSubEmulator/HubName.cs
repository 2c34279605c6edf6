using System.Text.RegularExpressions;

namespace VodFunctions.WebPubSubEmulator;

/// <summary>The service's rule for names of hubs.</summary>
public static partial class HubName
{
    /// <summary>A letter, then up to 127 letters, digits, and <c>_ , . [ ] `</c>.</summary>
    public const string Pattern = @"\A[A-Za-z][A-Za-z0-9_,.\[\]`]{0,127}\z";

    /// <summary>Whether a hub may be called that.</summary>
    public static bool IsValid(string? name) => name is not null && Rule().IsMatch(name);

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant)]
    private static partial Regex Rule();
}
