using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VodFunctions.Core.Uploads;
using VodFunctions.Core.Videos;
using VodFunctions.Testing;
using Xunit;

namespace VodFunctions.Infrastructure.Tests.Templates;

/// <summary>An alert on words that no log has would never fire, and nobody would notice.</summary>
public sealed partial class AlertsTests
{
    private static readonly string s_core = Source("VodFunctions.Core", "Telemetry", "Log.cs");

    [BicepFact]
    public async Task A_job_that_waits_begins_with_the_line_of_an_accepted_upload_and_ends_with_a_line_of_its_end()
    {
        string query = await QueryAsync("vod-queue-age");

        Assert.Contains($"\"{ArrivalOutcome.Accepted}\"", query, StringComparison.Ordinal);
        Assert.DoesNotContain("Started", query, StringComparison.Ordinal);
        Assert.Matches(@"LoggerMessage\(6000, [^""]*""\{VideoId\}: its upload arrived: \{Outcome\}", Source("VodFunctions", "Uploads", "UploadFunctions.cs"));
        Assert.Contains("\"6000\" or Message has \"upload arrived\"", query, StringComparison.Ordinal);
        Assert.All(["1006", "1007"], id => Assert.Contains($"\"{id}\"", query, StringComparison.Ordinal));
        Assert.All(["1006", "1007"], id => Assert.Matches($@"LoggerMessage\({id}, [^""]*""\{{VideoId\}}: attempt \{{Attempt\}} ended", s_core));
    }

    [BicepFact]
    public async Task Every_failure_that_is_not_the_files_fault_is_an_alarm()
    {
        string query = await QueryAsync("vod-failed-jobs");
        string[] watched = [.. Word().Matches(query[query.LastIndexOf(" in (", StringComparison.Ordinal)..]).Select(match => match.Groups[1].Value)];

        Assert.Equal(
            Enum.GetValues<JobErrorCode>().Where(code => !new JobError(code).IsRejection).Select(code => $"{code}".ToUpperInvariant()).Order(),
            watched.Order());
        Assert.Matches(@"LoggerMessage\(1007, .*ended in \{Code\}", s_core);
        Assert.Contains("\"1007\" or Message has \"ended in\"", query, StringComparison.Ordinal);
    }

    /// <summary>A ticket's URL bounds no bytes: somebody is told of an account that is written to unusually much.</summary>
    [BicepFact]
    public async Task Much_that_is_written_to_the_account_of_uploads_is_an_alarm()
    {
        JsonNode alert = (await Deployment.Apps).One("Microsoft.Insights/metricAlerts", "vod-storage-growth")["properties"]!;
        JsonNode criterion = Assert.Single(alert["criteria"]!["allOf"]!.AsArray())!;

        Assert.Contains("stvodmedia", Assert.Single(alert["scopes"]!.AsArray())!.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            ("Ingress", "Total", "100000000000", "PT1H"),
            (Deployment.Text(criterion["metricName"]), Deployment.Text(criterion["timeAggregation"]), Deployment.Text(criterion["threshold"]),
                Deployment.Text(alert["windowSize"])));
        Assert.Single(alert["actions"]!.AsArray());
    }

    private static async Task<string> QueryAsync(string name) => Deployment.Text(
        (await Deployment.Apps).One("Microsoft.Insights/scheduledQueryRules", name)["properties"]!["criteria"]!["allOf"]![0]!["query"]);

    private static string Source(params string[] path) => File.ReadAllText(Repository.File(["src", .. path]));

    [GeneratedRegex(@"""(\w+)""")]
    private static partial Regex Word();
}
