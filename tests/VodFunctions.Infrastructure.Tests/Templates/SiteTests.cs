using System.Text.RegularExpressions;
using VodFunctions.Api;
using VodFunctions.Local.Site;
using VodFunctions.Testing;
using Xunit;

namespace VodFunctions.Infrastructure.Tests.Templates;

/// <summary>What Front Door is told of the browser app, read off the templates.</summary>
public sealed partial class SiteTests
{
    private static readonly string s_site = File.ReadAllText(Repository.File("bicep", "modules", "site.bicep"));
    private static readonly string s_cdn = File.ReadAllText(Repository.File("bicep", "modules", "cdn.bicep"));

    [Fact]
    public void Each_path_has_one_route()
    {
        string[] patterns =
        [
            .. new[] { s_cdn, s_site }.SelectMany(text => Pattern().Matches(text)).Select(match => match.Groups["pattern"].Value),
        ];

        Assert.Equal(["/${mediaContainer}/*", "/*", $"{VodApi.Prefix}/feeds", $"{VodApi.Prefix}/*"], patterns);
    }

    [Fact]
    public void Where_the_cache_ignores_queries_none_but_a_plain_one_reaches_storage()
    {
        string[] routes = [.. new[] { s_cdn, s_site }.SelectMany(text => Regex.Matches(
            text, @"^resource \w+ '[^']+/routes@[^']+' = \{\n.*?^\}", RegexOptions.Multiline | RegexOptions.Singleline)
            .Select(match => match.Value))];
        string rules = Regex.Match(
            s_cdn, @"^resource storageRules .*?^\}", RegexOptions.Multiline | RegexOptions.Singleline).Value;

        Assert.Equal(4, routes.Length);
        Assert.All(
            routes.Where(route => route.Contains("'IgnoreQueryString'", StringComparison.Ordinal)),
            route => Assert.Matches(@"ruleSets: \[\{ id: storageRules(\.id|Id) \}", route));
        Assert.Equal(2, routes.Count(route => route.Contains("'IgnoreQueryString'", StringComparison.Ordinal)));
        Assert.Matches(@"(?s)name: 'query'.*order: 1\n.*'Stop'.*UrlRedirect.*customQueryString: plainQuery.*name: 'version'", rules);
    }

    [Fact]
    public void The_policy_lets_pages_run_their_own_files_only_and_call_those_that_they_need()
    {
        string[] policy = Policy();

        Assert.Equal("default-src 'none'", policy[0]);
        Assert.Contains("script-src 'self'", policy);
        Assert.Contains("style-src 'self'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Contains(
            "connect-src 'self' https://stvodmedia1234567890123.blob.core.windows.net "
            + "wss://wps-vod-1234567890123.webpubsub.azure.com https://login.site.example", policy);
        Assert.DoesNotContain(policy, directive => directive.Contains("unsafe", StringComparison.Ordinal) || directive.Contains('*'));
    }

    [Fact]
    public void The_policy_is_that_of_the_one_machine_host_but_for_the_sign_in()
    {
        string[] local = ContentSecurityPolicy.For(
            new Uri("https://stvodmedia1234567890123.blob.core.windows.net"), new Uri("https://wps-vod-1234567890123.webpubsub.azure.com"),
            media: null).Split("; ");

        Assert.Equal(local, Policy()
            .Where(directive => !directive.StartsWith("frame-src", StringComparison.Ordinal))
            .Select(directive => directive.Replace(" https://login.site.example", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_policy_fits_into_what_Front_Door_takes_with_room_for_more_sources() =>
        // The sources of the sign-in stand in it twice.
        Assert.InRange(string.Join("; ", Policy()).Length, 1, 640 - 2 * (100 + 1));

    [Fact]
    public void A_rule_has_no_more_actions_than_Front_Door_takes()
    {
        foreach ((string text, string list) in new[] { (s_site, "siteHeaders"), (s_cdn, "mediaHeaders") })
        {
            string rows = Regex.Match(text, $@"^var {list} = \[\n(.*?)^\]", RegexOptions.Multiline | RegexOptions.Singleline).Groups[1].Value;
            Assert.InRange(Regex.Count(rows, "name: '"), 1, 5);
        }
    }

    // The directives with the addresses of some deployment.
    private static string[] Policy()
    {
        string list = Regex.Match(s_site, @"contentSecurityPolicy = join\(\n  \[\n(.*?)\n  \],", RegexOptions.Singleline).Groups[1].Value;
        return
        [
            .. list.Split('\n').Select(line => line.Trim()[1..^1]
                .Replace("\\'", "'", StringComparison.Ordinal)
                .Replace("${blobServiceUri}", "https://stvodmedia1234567890123.blob.core.windows.net", StringComparison.Ordinal)
                .Replace(
                    "${replace(pushEndpoint, 'https://', 'wss://')}", "wss://wps-vod-1234567890123.webpubsub.azure.com",
                    StringComparison.Ordinal)
                .Replace("${signIn}", "https://login.site.example", StringComparison.Ordinal)),
        ];
    }

    [GeneratedRegex(@"patternsToMatch: \['(?<pattern>[^']+)'\]")]
    private static partial Regex Pattern();
}
