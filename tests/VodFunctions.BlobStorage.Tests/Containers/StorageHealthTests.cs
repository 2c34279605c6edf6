using Azure.Storage.Blobs;
using VodFunctions.BlobStorage.Containers;
using VodFunctions.BlobStorage.Tests.Support;
using VodFunctions.Testing.Azurite;
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
    public async Task A_storage_that_does_not_answer_is_told_within_the_limit()
    {
        AzuriteServer server = await AzuriteServer.StartAsync(accounts: 1);
        var health = new StorageHealth(
            new VodContainers(new BlobServiceClient(server.ConnectionString)), new TestTime { TimersFireAtOnce = true });
        await server.DisposeAsync();

        Assert.Equal("Storage: no answer.", await health.CheckAsync(CancellationToken.None));
    }
}
