using System.Net;
using System.Net.Sockets;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using VodFunctions.BlobStorage.Containers;
using VodFunctions.BlobStorage.Settings;
using VodFunctions.BlobStorage.Tests.Support;
using VodFunctions.Testing.Azurite;
using Xunit;

namespace VodFunctions.BlobStorage.Tests.Containers;

public sealed class StorageInitializerTests : IAsyncLifetime
{
    private static readonly HttpClient s_http = new();

    private string _connectionString = "";
    private BlobServiceClient _client = null!;

    public async Task InitializeAsync()
    {
        _connectionString = (await AzuriteServer.SharedAsync).NewAccount();
        _client = new(_connectionString);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_containers_are_made_private_and_a_second_time_changes_nothing()
    {
        await InitializeStorageAsync(StorageFixture.Origin);
        await _client.GetBlobContainerClient("state").UploadBlobAsync("kept", new BinaryData("x"));

        await InitializeStorageAsync(StorageFixture.Origin);

        foreach (string name in (string[])["uploads", "media", "state"])
        {
            BlobContainerProperties properties = await _client.GetBlobContainerClient(name).GetPropertiesAsync();
            Assert.NotEqual(PublicAccessType.BlobContainer, properties.PublicAccess ?? PublicAccessType.None);
            Assert.Equal(PublicAccessType.None, properties.PublicAccess ?? PublicAccessType.None);
        }

        Assert.True(await _client.GetBlobContainerClient("state").GetBlobClient("kept").ExistsAsync());
        BlobServiceProperties service = await _client.GetPropertiesAsync();
        Assert.Single(service.Cors);
    }

    [Theory]
    [InlineData("PUT", "content-type,x-ms-blob-type,x-ms-version")]
    [InlineData("GET", "x-ms-version")]
    public async Task A_page_of_the_site_may_upload(string method, string headers)
    {
        await InitializeStorageAsync("https://site.example", StorageFixture.Origin);

        using HttpResponseMessage answer = await PreflightAsync(StorageFixture.Origin, method, headers);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(StorageFixture.Origin, Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
    }

    [Theory]
    [InlineData("https://evil.example", "PUT", "x-ms-version")]
    [InlineData(StorageFixture.Origin, "DELETE", "x-ms-version")]
    [InlineData(StorageFixture.Origin, "PUT", "authorization")]
    public async Task Other_pages_methods_and_headers_are_refused(string origin, string method, string headers)
    {
        await InitializeStorageAsync(StorageFixture.Origin);

        using HttpResponseMessage answer = await PreflightAsync(origin, method, headers);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Other_properties_of_the_service_are_kept()
    {
        BlobServiceProperties properties = await _client.GetPropertiesAsync();
        properties.Logging.Read = true;
        properties.Logging.RetentionPolicy = new BlobRetentionPolicy { Enabled = true, Days = 3 };
        properties.Cors = [new BlobCorsRule
        {
            AllowedOrigins = "https://old.example", AllowedMethods = "GET", AllowedHeaders = "", ExposedHeaders = "",
        }];
        await _client.SetPropertiesAsync(properties);

        await InitializeStorageAsync(StorageFixture.Origin);

        BlobServiceProperties after = await _client.GetPropertiesAsync();
        Assert.True(after.Logging.Read);
        Assert.Equal(3, after.Logging.RetentionPolicy.Days);
        Assert.Equal(StorageFixture.Origin, Assert.Single(after.Cors).AllowedOrigins);
    }

    [Fact]
    public async Task Nothing_is_touched_when_it_is_switched_off()
    {
        await Initializer(_client, new StorageOptions { Initialize = false }).InitializeAsync(CancellationToken.None);

        Assert.False(await _client.GetBlobContainerClient("uploads").ExistsAsync());
    }

    [Fact]
    public async Task A_storage_that_is_still_starting_is_waited_for()
    {
        string key = Convert.ToBase64String(new byte[32]);
        int port = FreePort();
        var client = new BlobServiceClient(
            $"DefaultEndpointsProtocol=http;AccountName=vodtest0;AccountKey={key};BlobEndpoint=http://127.0.0.1:{port}/vodtest0;",
            new BlobClientOptions { Retry = { MaxRetries = 0 } });
        var refused = new RefusalWatch();

        Task initialized = Initializer(client, new StorageOptions(), refused).InitializeAsync(CancellationToken.None);
        await refused.Seen.WaitAsync(TimeSpan.FromMinutes(5));
        await using AzuriteServer server = await AzuriteServer.StartAsync(port: port, accounts: 1, accountKey: key);
        await initialized;

        Assert.True(await client.GetBlobContainerClient("state").ExistsAsync());
    }

    [Fact]
    public async Task A_wrong_key_is_told_at_once()
    {
        BlobUriBuilder account = new(_client.Uri);
        var client = new BlobServiceClient(
            _client.Uri, new Azure.Storage.StorageSharedKeyCredential(account.AccountName, Convert.ToBase64String(new byte[32])));

        RequestFailedException refused = await Assert.ThrowsAsync<RequestFailedException>(
            () => Initializer(client, new StorageOptions()).InitializeAsync(CancellationToken.None));

        Assert.Equal(403, refused.Status);
    }

    private static StorageInitializer Initializer(
        BlobServiceClient client, StorageOptions options, ILogger<StorageInitializer>? logger = null) => new(
        new VodContainers(client), Options.Create(options), TimeProvider.System,
        logger ?? NullLogger<StorageInitializer>.Instance);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private Task InitializeStorageAsync(params string[] origins) =>
        Initializer(_client, new StorageOptions { AllowedOrigins = [.. origins] }).InitializeAsync(CancellationToken.None);

    private Task<HttpResponseMessage> PreflightAsync(string origin, string method, string headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, $"{_client.Uri}/uploads/{Some.VideoId()}/source");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", method);
        request.Headers.Add("Access-Control-Request-Headers", headers);
        return s_http.SendAsync(request);
    }

    private sealed class RefusalWatch : ILogger<StorageInitializer>
    {
        private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Seen => _seen.Task;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id == 3001)
            {
                _seen.TrySetResult();
            }
        }
    }
}
