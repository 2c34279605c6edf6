using VodFunctions.BlobStorage.Tests.Support;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Videos;
using Xunit;

namespace VodFunctions.BlobStorage.Tests.Publishing;

public sealed class BlobWorkStoreTests(StorageFixture storage) : IClassFixture<StorageFixture>
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    private readonly IWorkStore _work = storage.Get<IWorkStore>();

    [Fact]
    public async Task A_document_is_replaced_and_read_back()
    {
        JobId job = Some.Job();
        await _work.PutAsync(job, "v720-4000k", new Measured(1, [0.5]), s_none);

        await _work.PutAsync(job, "v720-4000k", new Measured(2, [1.25, 2]), s_none);
        await _work.PutAsync(job, "spans/count", 7, s_none);

        Measured read = await _work.GetAsync<Measured>(job, "v720-4000k", s_none);
        Assert.Equal((2, 1.25, 2), (read.Peak, read.Durations[0], read.Durations[1]));
        Assert.Equal(7, await _work.GetAsync<int>(job, "spans/count", s_none));
    }

    [Fact]
    public async Task A_missing_document_is_a_missing_file() => await Assert.ThrowsAsync<FileNotFoundException>(
        () => _work.GetAsync<Measured>(Some.Job(), "none", s_none));

    [Fact]
    public async Task A_name_that_leaves_the_folder_is_refused() => await Assert.ThrowsAsync<ArgumentException>(
        () => _work.PutAsync(Some.Job(), "../../videos/x", 1, s_none));

    [Fact]
    public async Task Deleting_an_attempt_leaves_the_others()
    {
        VideoId videoId = Some.VideoId();
        await _work.PutAsync(new(videoId, 1), "one", 1, s_none);
        await _work.PutAsync(new(videoId, 11), "one", 11, s_none);

        await _work.DeleteAsync(videoId, 1, s_none);
        await _work.DeleteAsync(videoId, 1, s_none);

        await Assert.ThrowsAsync<FileNotFoundException>(() => _work.GetAsync<int>(new(videoId, 1), "one", s_none));
        Assert.Equal(11, await _work.GetAsync<int>(new(videoId, 11), "one", s_none));

        await _work.DeleteAsync(videoId, null, s_none);
        await Assert.ThrowsAsync<FileNotFoundException>(() => _work.GetAsync<int>(new(videoId, 11), "one", s_none));
    }

    private sealed record Measured(int Peak, IReadOnlyList<double> Durations);
}
