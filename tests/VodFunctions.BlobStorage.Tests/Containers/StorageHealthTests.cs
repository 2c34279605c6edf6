using System.Net;
using System.Net.Sockets;
using Azure.Storage;
using Azure.Storage.Blobs;
using VodFunctions.BlobStorage.Containers;
using VodFunctions.BlobStorage.Tests.Support;
using Xunit;

namespace VodFunctions.BlobStorage.Tests.Containers;

public sealed class StorageHealthTests
{
    [Fact]
    public async Task A_storage_that_is_set_up_is_healthy_until_a_container_goes_missing()
    {
        await using var storage = new OwnStorage();
        StorageHealth health = await storage.GetAsync<StorageHealth>();
        VodContainers containers = await storage.GetAsync<VodContainers>();
        Assert.Null(await health.CheckAsync(CancellationToken.None));

        await containers.Media.DeleteAsync();

        Assert.Equal("Storage: the container 'media' does not exist.", await health.CheckAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_refusal_is_told_with_its_code()
    {
        using var handler = new StubHandler(HttpStatusCode.Forbidden, "AuthorizationFailure");
        var health = new StorageHealth(handler.CreateContainers(), TimeProvider.System);

        Assert.Equal(
            "Storage: the container 'uploads' answers 403 AuthorizationFailure.",
            await health.CheckAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_storage_that_is_not_there_does_not_answer()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        EndPoint endpoint = listener.LocalEndpoint;
        listener.Stop();

        Assert.Equal(
            "Storage: no answer.",
            await new StorageHealth(Containers(endpoint), TimeProvider.System).CheckAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_storage_that_stalls_is_told_when_the_limit_is_over()
    {
        // Connections are taken by the system, and nobody ever reads them.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var health = new StorageHealth(Containers(listener.LocalEndpoint), new TestTime { TimersFireAtOnce = true });

        Assert.Equal("Storage: no answer.", await health.CheckAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_caller_that_cancels_is_no_failure_of_the_storage()
    {
        using var handler = new StubHandler(HttpStatusCode.OK, "");
        var health = new StorageHealth(handler.CreateContainers(), TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => health.CheckAsync(new CancellationToken(canceled: true)));
    }

    private static VodContainers Containers(EndPoint endpoint) => new(new BlobServiceClient(
        new Uri($"http://{endpoint}/vodtest0"),
        new StorageSharedKeyCredential("vodtest0", Convert.ToBase64String(new byte[32])),
        new BlobClientOptions { Retry = { MaxRetries = 0 } }));
}
