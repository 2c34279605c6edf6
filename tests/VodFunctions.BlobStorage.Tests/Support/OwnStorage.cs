namespace VodFunctions.BlobStorage.Tests.Support;

/// <summary>An account for one test alone, where what the others store would be in its way.</summary>
internal sealed class OwnStorage : IAsyncDisposable
{
    private readonly StorageFixture _fixture = new();
    private Task? _ready;

    /// <summary>Of the account, once something was got.</summary>
    public string ConnectionString => _fixture.ConnectionString;

    public async Task<T> GetAsync<T>()
        where T : notnull
    {
        await (_ready ??= _fixture.InitializeAsync());
        return _fixture.Get<T>();
    }

    public async ValueTask DisposeAsync() => await _fixture.DisposeAsync();
}
