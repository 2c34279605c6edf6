using Xunit;

namespace VodFunctions.Testing.Azurite;

/// <summary>An empty account on the shared server, one for each test class: <c>IClassFixture&lt;AzuriteAccount&gt;</c>.</summary>
public sealed class AzuriteAccount : IAsyncLifetime
{
    /// <summary>For <c>Vod:Storage:ConnectionString</c>.</summary>
    public string ConnectionString { get; private set; } = "";

    public async Task InitializeAsync() => ConnectionString = (await AzuriteServer.SharedAsync).NewAccount();

    public Task DisposeAsync() => Task.CompletedTask;
}
