using Microsoft.Extensions.Options;
using VodFunctions.BlobStorage.Settings;
using Xunit;

namespace VodFunctions.BlobStorage.Tests.Settings;

public sealed class StorageOptionsValidatorTests
{
    private const string Good = "UseDevelopmentStorage=true";

    [Theory]
    [InlineData(Good, null)]
    [InlineData(null, "https://vod.blob.core.windows.net")]
    [InlineData(null, "http://127.0.0.1:10000/devstoreaccount1")]
    public void One_way_to_the_storage_is_enough(string? connectionString, string? uri) =>
        Assert.True(Validate(connectionString, uri).Succeeded);

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData(Good, "https://vod.blob.core.windows.net")]
    [InlineData("nonsense", null)]
    [InlineData("AccountName=x;AccountKey=y", null)]
    [InlineData(null, "http://vod.blob.core.windows.net")]
    [InlineData(null, "https://vod.blob.core.windows.net?sig=x")]
    [InlineData(null, "vod.blob.core.windows.net/x")]
    public void None_both_or_an_unsafe_one_is_refused(string? connectionString, string? uri) =>
        Assert.True(Validate(connectionString, uri).Failed);

    [Theory]
    [InlineData("https://site.example")]
    [InlineData("http://localhost:7071")]
    public void An_origin_is_taken(string origin) => Assert.True(Validate(Good, null, origin).Succeeded);

    [Theory]
    [InlineData("*")]
    [InlineData("https://*.example")]
    [InlineData("https://site.example/")]
    [InlineData("https://Site.example")]
    [InlineData("https://a@site.example")]
    [InlineData("https://site.example,https://other.example")]
    [InlineData("ftp://site.example")]
    [InlineData("site.example")]
    [InlineData("")]
    public void What_is_no_origin_is_refused(string origin) => Assert.True(Validate(Good, null, origin).Failed);

    [Fact]
    public void Every_mistake_is_listed_and_no_secret_is_repeated()
    {
        ValidateOptionsResult result = Validate("AccountKey=c2VjcmV0", "http://vod.example", "*", "x");

        Assert.Equal(5, result.Failures!.Count());
        Assert.DoesNotContain("c2VjcmV0", result.FailureMessage, StringComparison.Ordinal);
    }

    private static ValidateOptionsResult Validate(string? connectionString, string? uri, params string[] origins) =>
        new StorageOptionsValidator().Validate(null, new StorageOptions
        {
            ConnectionString = connectionString,
            BlobServiceUri = uri is null ? null : new Uri(uri, UriKind.RelativeOrAbsolute),
            AllowedOrigins = [.. origins],
        });
}
