using Xunit;

namespace VodFunctions.WebPubSub.Tests;

public sealed class ServiceAddressTests
{
    [Theory]
    [InlineData("Endpoint=https://x.webpubsub.azure.com;AccessKey=abc;Version=1.0;", "https://x.webpubsub.azure.com/", "abc")]
    [InlineData("endpoint=http://localhost/path;accesskey=a=b==;port=8080", "http://localhost:8080/", "a=b==")]
    public void A_connection_string_names_the_service_and_its_key(string text, string endpoint, string key)
    {
        Assert.True(ServiceAddress.TryParse(text, out ServiceAddress? address));

        Assert.Equal((endpoint, key), (address.Endpoint.AbsoluteUri, address.AccessKey));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nonsense")]
    [InlineData("Endpoint=https://x.webpubsub.azure.com")]
    [InlineData("AccessKey=abc")]
    [InlineData("Endpoint=ftp://x;AccessKey=abc")]
    [InlineData("Endpoint=http://x;AccessKey=abc;Port=99999")]
    public void Anything_else_is_refused(string? text) => Assert.False(ServiceAddress.TryParse(text, out _));
}
