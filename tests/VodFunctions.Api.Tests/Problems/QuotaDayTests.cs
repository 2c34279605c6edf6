using Microsoft.Extensions.Options;
using VodFunctions.Api.Problems;
using VodFunctions.Core.Settings;
using VodFunctions.Testing.InMemory;
using Xunit;

namespace VodFunctions.Api.Tests.Problems;

public sealed class QuotaDayTests
{
    [Theory]
    [InlineData("Asia/Seoul", "2026-03-02T14:59:59Z", 1)]
    [InlineData("Asia/Seoul", "2026-03-02T15:00:00Z", 86_400)]
    [InlineData("Asia/Seoul", "2026-03-02T14:59:59.5Z", 1)]
    [InlineData("UTC", "2026-12-31T00:00:00Z", 86_400)]
    [InlineData("Europe/Berlin", "2026-03-28T23:00:00Z", 82_800)]
    [InlineData("Europe/Berlin", "2026-10-24T22:00:00Z", 90_000)]
    // In Beirut 2022-03-27 began at one o'clock.
    [InlineData("Asia/Beirut", "2022-03-26T21:00:00Z", 3600)]
    public void It_ends_at_midnight_where_the_site_is(string zone, string now, long seconds)
    {
        var time = new ManualTime(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(seconds, new QuotaDay(time, Options.Create(new VodOptions { TimeZone = zone })).SecondsLeft());
    }
}
