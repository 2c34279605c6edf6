using System.Text.RegularExpressions;

namespace VodFunctions.WebPubSubEmulator;

/// <summary>The service's rule for names of hubs.</summary>
internal static partial class HubName
{
    public const string Pattern = @"\A[A-Za-z][A-Za-z0-9_,.\[\]`]{0,127}\z";

    public static bool IsValid(string? name) => name is not null && Rule().IsMatch(name);

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant)]
    private static partial Regex Rule();
}
