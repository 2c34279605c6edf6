using Microsoft.Extensions.DependencyInjection;
using VodFunctions.BlobStorage.Tests.Support;
using VodFunctions.Core.Videos;
using Xunit;

namespace VodFunctions.BlobStorage.Tests.Videos;

public sealed class BlobPseudonymKeyTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    [Fact]
    public async Task Instances_that_start_at_once_and_those_that_start_later_share_one_secret_key()
    {
        await using var own = new OwnStorage();
        await own.GetAsync<IPseudonymKey>();

        byte[][] first = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => ReadAsync(own.ConnectionString))));
        byte[] later = await ReadAsync(own.ConnectionString);
        byte[] elsewhere = await ReadAsync(storage.ConnectionString);

        Assert.All(first, key => Assert.Equal(later, key));
        Assert.Equal(32, later.Length);
        // Each deployment has its own, so that one cannot be used to check guesses at another.
        Assert.NotEqual(later, elsewhere);
    }

    private static async Task<byte[]> ReadAsync(string connectionString)
    {
        await using ServiceProvider instance = StorageFixture.Build(connectionString);
        return (await instance.GetRequiredService<IPseudonymKey>().GetAsync(default)).ToArray();
    }
}
