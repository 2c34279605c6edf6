using System.Globalization;
using System.Text.Json.Nodes;
using VodFunctions.Testing;
using Xunit;

namespace VodFunctions.Infrastructure.Tests.Cost;

/// <summary>The amounts of docs/capacity.md, recomputed from docs/costs.json.</summary>
public sealed class CostTests
{
    private static readonly string s_page = File.ReadAllText(Repository.File("docs", "capacity.md"));
    private static readonly JsonObject s_costs = JsonNode.Parse(File.ReadAllText(Repository.File("docs", "costs.json")))!.AsObject();

    public static TheoryData<string> Rows => [.. Named("rows").Select(row => row.Key)];

    public static TheoryData<string> Months => [.. s_costs["months"]!.AsArray().Select(month => month!["total"]!.GetValue<string>())];

    public static TheoryData<int> Containers => [.. s_costs["lone"]!["containers"]!.AsArray().Select(count => count!.GetValue<int>())];

    public static TheoryData<string> Views => [.. Named("views").Select(view => view.Key)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row_of_the_month_says_what_it_comes_to(string name) => InPage($"| {name} | {Range([name])} |");

    [Theory]
    [MemberData(nameof(Months))]
    public void A_total_is_the_sum_of_its_rows(string total)
    {
        JsonNode month = s_costs["months"]!.AsArray().Single(each => each!["total"]!.GetValue<string>() == total)!;

        InPage($"| **{total}** | **{Range([.. month["rows"]!.AsArray().Select(row => row!.GetValue<string>())])}** |");
    }

    [Theory]
    [MemberData(nameof(Containers))]
    public void A_lone_clip_costs_what_its_containers_wait(int containers)
    {
        JsonNode lone = s_costs["lone"]!;
        decimal second = Number(lone["cores"]) * Price("core-second") + Number(lone["gib"]) * Price("gib-second");
        IEnumerable<string> amounts = lone["minutes"]!.AsArray().Select(Number).Select(minutes => Amount(
            (Number(lone["containerSecondsForAMinute"]) * minutes + Number(lone["secondsTooLong"]) * containers) * second / minutes, "0.000"));

        InPage($"| {containers} | {string.Join(" | ", amounts)} |");
    }

    [Theory]
    [MemberData(nameof(Views))]
    public void A_thousand_views_cost_their_traffic(string rendition)
    {
        // A thousand minutes of so many Mbit/s are that many GB.
        decimal gigabytes = Number(s_costs["views"]![rendition]) * 60 / 8;

        InPage($"| {rendition}, {Number(s_costs["views"]![rendition])} Mbit/s with sound | {Amount(gigabytes, "0.0")} "
            + $"| {Amount(gigabytes * Price("traffic-gb"), "0.00")} | {Amount(gigabytes * Price("traffic-gb-asia"), "0.00")} |");
    }

    [Fact]
    public void Each_price_stands_on_the_page_with_its_source_or_as_not_verified()
    {
        foreach ((string name, JsonNode? price) in Named("prices"))
        {
            string dollars = price!["dollars"]!.ToJsonString();
            Assert.Contains(
                s_page.Split('\n'),
                line => line.Contains($"`{name}`", StringComparison.Ordinal) && line.Contains($"| {dollars} |", StringComparison.Ordinal)
                    && line.Contains(price["source"]?.GetValue<string>() ?? "not verified", StringComparison.Ordinal));
        }
    }

    private static string Range(string[] rows)
    {
        decimal least = rows.Sum(row => Sum(row, "least")), most = rows.Sum(row => Sum(row, "most"));
        return Amount(least, "0") == Amount(most, "0") ? Amount(least, "0") : $"{Amount(least, "0")} to {Amount(most, "0")}";
    }

    private static decimal Sum(string row, string bound) =>
        (s_costs["rows"]![row]![bound] ?? s_costs["rows"]![row]!["least"])!.AsObject().Sum(part => Price(part.Key) * Number(part.Value));

    private static decimal Price(string name) => Number(s_costs["prices"]![name]!["dollars"]);

    private static decimal Number(JsonNode? node) => decimal.Parse(node!.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string Amount(decimal dollars, string format)
    {
        int digits = format.Contains('.', StringComparison.Ordinal) ? format.Length - 2 : 0;
        return Math.Round(dollars, digits, MidpointRounding.AwayFromZero).ToString(format, CultureInfo.InvariantCulture);
    }

    private static JsonObject Named(string part) => s_costs[part]!.AsObject();

    private static void InPage(string row) => Assert.Contains(row, s_page.Split('\n'));
}
