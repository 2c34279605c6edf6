using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using VodFunctions.BlobStorage.Containers;
using VodFunctions.Testing.Azurite;
using Xunit;

namespace VodFunctions.BlobStorage.Tests.Support;

/// <summary>The project as a host wires it, on an account of its own.</summary>
public sealed class StorageFixture : IAsyncLifetime
{
    public const string Origin = "http://localhost:7071";

    private ServiceProvider? _services;

    public string ConnectionString { get; private set; } = "";

    public VodContainers Containers => Get<VodContainers>();

    public T Get<T>()
        where T : notnull => _services!.GetRequiredService<T>();

    public async Task InitializeAsync()
    {
        ConnectionString = (await AzuriteServer.SharedAsync).NewAccount();
        _services = Build(ConnectionString);
        await Get<StorageInitializer>().InitializeAsync(CancellationToken.None);
    }

    public async Task DisposeAsync() => await _services!.DisposeAsync();

    public static ServiceProvider Build(
        string connectionString, BlobServiceClient? client = null, TimeProvider? time = null)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Vod:Storage:ConnectionString"] = connectionString,
            ["Vod:Storage:AllowedOrigins:0"] = Origin,
        }).Build();
        var services = new ServiceCollection();
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        if (time is not null)
        {
            services.AddSingleton(time);
        }

        if (client is not null)
        {
            services.AddSingleton(client);
        }

        return services.AddVodBlobStorage(configuration)
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });
    }
}
