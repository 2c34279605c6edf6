using Azure.Storage.Blobs;
using VodFunctions.Testing.Azurite;
using Xunit;

namespace VodFunctions.BlobStorage.Tests.Azurite;

public sealed class AzuriteServerTests
{
    [Fact]
    public async Task A_server_on_disk_comes_back_with_its_blobs()
    {
        string key = Convert.ToBase64String(new byte[32]);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("vod-azurite-");
        try
        {
            await using (AzuriteServer first = await AzuriteServer.StartAsync(folder.FullName, accounts: 1, accountKey: key))
            {
                BlobContainerClient container = new(first.ConnectionString, "kept");
                await container.CreateAsync();
                await container.UploadBlobAsync("blob", new BinaryData("text"));
            }

            await using AzuriteServer second = await AzuriteServer.StartAsync(folder.FullName, accounts: 1, accountKey: key);
            var found = await new BlobClient(second.ConnectionString, "kept", "blob").DownloadContentAsync();
            Assert.Equal("text", found.Value.Content.ToString());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Accounts_do_not_see_each_others_containers()
    {
        AzuriteServer server = await AzuriteServer.SharedAsync;
        BlobServiceClient one = new(server.NewAccount());
        BlobServiceClient other = new(server.NewAccount());

        await one.CreateBlobContainerAsync("mine");

        Assert.False(await other.GetBlobContainerClient("mine").ExistsAsync());
    }
}
