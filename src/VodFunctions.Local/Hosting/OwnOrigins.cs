using VodFunctions.BlobStorage.Settings;

namespace VodFunctions.Local.Hosting;

/// <summary>The origins of this host's own pages.</summary>
internal static class OwnOrigins
{
    private static readonly string[] s_loopback = ["localhost", "127.0.0.1"];

    /// <summary>Pages of this host upload to the storage, which is another origin, unless the settings name others.</summary>
    public static IServiceCollection AddVodOwnOrigins(this IServiceCollection services, IConfiguration configuration) =>
        services.PostConfigure<StorageOptions>(options =>
        {
            if (options.AllowedOrigins.Count == 0)
            {
                foreach (string origin in Of(configuration["Urls"] ?? ""))
                {
                    options.AllowedOrigins.Add(origin);
                }
            }
        });

    /// <summary>
    /// Every way in which a browser spells where the host listens: this machine has two names, and "any address" is no
    /// name at all.
    /// </summary>
    /// <param name="urls">Where it listens, with semicolons between them.</param>
    public static IReadOnlyList<string> Of(string urls) =>
    [
        .. urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(BindingAddress.Parse)
            .SelectMany(address => NamesOf(address.Host).Select(name => new UriBuilder(address.Scheme, name, address.Port).Uri))
            .Select(uri => uri.GetLeftPart(UriPartial.Authority))
            .Distinct(StringComparer.Ordinal),
    ];

    private static string[] NamesOf(string host) => host switch
    {
        "localhost" or "127.0.0.1" or "0.0.0.0" or "[::]" or "*" or "+" => s_loopback,
        _ => [host],
    };
}
