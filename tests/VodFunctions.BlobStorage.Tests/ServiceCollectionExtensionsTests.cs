using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using VodFunctions.BlobStorage.Tests.Support;
using VodFunctions.Core.Feeds;
using VodFunctions.Core.Maintenance;
using VodFunctions.Core.Notifications;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Uploads;
using VodFunctions.Core.Videos;
using Xunit;

namespace VodFunctions.BlobStorage.Tests;

public sealed class ServiceCollectionExtensionsTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    [Theory]
    [InlineData(typeof(IVideoRecords))]
    [InlineData(typeof(IPseudonymKey))]
    [InlineData(typeof(IUploadStore))]
    [InlineData(typeof(IUploadQuota))]
    [InlineData(typeof(IMarkers))]
    [InlineData(typeof(IFeedStore))]
    [InlineData(typeof(INoticeIndex))]
    [InlineData(typeof(IMediaStore))]
    [InlineData(typeof(IWorkStore))]
    public void Every_port_is_there(Type port)
    {
        using ServiceProvider services = StorageFixture.Build(storage.ConnectionString);

        Assert.IsAssignableFrom(port, services.GetRequiredService(port));
    }

    [Fact]
    public async Task The_settings_reach_the_account()
    {
        BlobServiceProperties properties = await storage.Containers.Service.GetPropertiesAsync();

        Assert.Equal(StorageFixture.Origin, Assert.Single(properties.Cors).AllowedOrigins);
    }

    [Fact]
    public void A_host_without_settings_does_not_start()
    {
        using ServiceProvider services = StorageFixture.Build("");

        Assert.Throws<OptionsValidationException>(services.GetRequiredService<BlobServiceClient>);
        Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);
    }
}
