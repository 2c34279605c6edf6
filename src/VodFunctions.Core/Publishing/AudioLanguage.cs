using System.Collections.Frozen;

namespace VodFunctions.Core.Publishing;

/// <summary>What EXT-X-MEDIA says of the sound's language (Apple rule 8.10).</summary>
/// <param name="Tag">RFC 5646, the shortest code; <c>und</c> when the file does not say.</param>
/// <param name="Name">For people, in that language.</param>
public sealed record AudioLanguage(string Tag, string Name)
{
    private static readonly AudioLanguage s_unknown = new("und", "Audio");

    // ISO 639-2 (both forms where there are two) to what RFC 5646 wants: the two-letter code where there is one.
    private static readonly FrozenDictionary<string, AudioLanguage> s_known = new Dictionary<string, AudioLanguage>
    {
        ["ara"] = new("ar", "العربية"),
        ["chi"] = new("zh", "中文"),
        ["zho"] = new("zh", "中文"),
        ["cze"] = new("cs", "Čeština"),
        ["ces"] = new("cs", "Čeština"),
        ["dan"] = new("da", "Dansk"),
        ["dut"] = new("nl", "Nederlands"),
        ["nld"] = new("nl", "Nederlands"),
        ["eng"] = new("en", "English"),
        ["fin"] = new("fi", "Suomi"),
        ["fre"] = new("fr", "Français"),
        ["fra"] = new("fr", "Français"),
        ["ger"] = new("de", "Deutsch"),
        ["deu"] = new("de", "Deutsch"),
        ["gre"] = new("el", "Ελληνικά"),
        ["ell"] = new("el", "Ελληνικά"),
        ["heb"] = new("he", "עברית"),
        ["hin"] = new("hi", "हिन्दी"),
        ["hun"] = new("hu", "Magyar"),
        ["ind"] = new("id", "Bahasa Indonesia"),
        ["ita"] = new("it", "Italiano"),
        ["jpn"] = new("ja", "日本語"),
        ["kor"] = new("ko", "한국어"),
        ["may"] = new("ms", "Bahasa Melayu"),
        ["msa"] = new("ms", "Bahasa Melayu"),
        ["nor"] = new("no", "Norsk"),
        ["pol"] = new("pl", "Polski"),
        ["por"] = new("pt", "Português"),
        ["rus"] = new("ru", "Русский"),
        ["spa"] = new("es", "Español"),
        ["swe"] = new("sv", "Svenska"),
        ["tha"] = new("th", "ไทย"),
        ["tur"] = new("tr", "Türkçe"),
        ["ukr"] = new("uk", "Українська"),
        ["vie"] = new("vi", "Tiếng Việt"),
    }.ToFrozenDictionary();

    /// <summary>From what the file says: ISO 639-2, or two letters. Anything else (the file is not ours) is unknown.</summary>
    public static AudioLanguage From(string? code)
    {
        string lower = code?.ToLowerInvariant() ?? "";
        return s_known.TryGetValue(lower, out AudioLanguage? known)
            ? known
            : s_known.Values.FirstOrDefault(language => language.Tag == lower)
                ?? (lower is { Length: 2 or 3 } && lower != "und" && lower.All(char.IsAsciiLetterLower)
                    ? new(lower, lower)
                    : s_unknown);
    }
}
