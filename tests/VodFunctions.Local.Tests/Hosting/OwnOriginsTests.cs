using VodFunctions.Local.Hosting;
using Xunit;

namespace VodFunctions.Local.Tests.Hosting;

public sealed class OwnOriginsTests
{
    [Theory]
    [InlineData("http://localhost:7071", "http://localhost:7071 http://127.0.0.1:7071")]
    [InlineData("http://127.0.0.1:7071", "http://localhost:7071 http://127.0.0.1:7071")]
    [InlineData("http://*:80", "http://localhost http://127.0.0.1")]
    [InlineData("http://0.0.0.0:7071;http://[::]:7071", "http://localhost:7071 http://127.0.0.1:7071")]
    [InlineData("https://vod.example; http://localhost:1", "https://vod.example http://localhost:1 http://127.0.0.1:1")]
    [InlineData("", "")]
    public void A_host_s_own_pages_have_every_name_that_a_browser_reaches_them_by(string urls, string origins) =>
        Assert.Equal(origins, string.Join(' ', OwnOrigins.Of(urls)));
}
