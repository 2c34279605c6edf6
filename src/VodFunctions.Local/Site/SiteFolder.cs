namespace VodFunctions.Local.Site;

/// <summary>Where the built browser app lies.</summary>
internal static class SiteFolder
{
    /// <summary>The configured folder; else <c>site</c> beside the binary; else what the repository's build makes.</summary>
    /// <param name="configured">As in the settings.</param>
    /// <param name="binaries">Where the host's own binary is.</param>
    /// <returns>An absolute path; it need not be there.</returns>
    public static string Find(string? configured, string binaries)
    {
        string beside = Path.Combine(binaries, "site");
        return !string.IsNullOrWhiteSpace(configured) ? Path.GetFullPath(configured)
            : Directory.Exists(beside) ? beside
            : BuiltAbove(binaries) ?? beside;
    }

    private static string? BuiltAbove(string folder)
    {
        for (string? above = folder; above is not null; above = Path.GetDirectoryName(above))
        {
            if (File.Exists(Path.Combine(above, "VodFunctions.sln")))
            {
                return Path.Combine(above, "src", "VodFunctions.Web", "dist");
            }
        }

        return null;
    }
}
