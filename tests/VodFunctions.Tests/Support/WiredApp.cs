using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using VodFunctions.Hosting;

namespace VodFunctions.Tests.Support;

/// <summary>The app as <c>Program</c> wires it, with settings of a test.</summary>
internal static class WiredApp
{
    /// <summary>As the templates set it.</summary>
    public static readonly (string Key, string? Value)[] Azure =
    [
        ("Vod:Storage:BlobServiceUri", "https://account.blob.core.windows.net"),
        ("Vod:Storage:ManagedIdentityClientId", "11111111-1111-1111-1111-111111111111"),
        ("Vod:Auth:Authority", "https://site.test"), ("Vod:Auth:Audience", "vod"),
        ("VodWebPubSub:Endpoint", "https://push.webpubsub.azure.com"),
        ("VodWebPubSub:ClientId", "11111111-1111-1111-1111-111111111111"),
    ];

    /// <summary>Beside the emulators.</summary>
    public static readonly (string Key, string? Value)[] Laptop =
    [
        ("Vod:Storage:ConnectionString", "UseDevelopmentStorage=true"),
        ("Vod:Auth:Authority", "http://localhost:7072"), ("Vod:Auth:Audience", "vod"),
        ("VodWebPubSub", "Endpoint=http://localhost:7072;AccessKey=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa;Version=1.0;"),
    ];

    public static ServiceProvider With(params (string Key, string? Value)[] settings) => Services(settings).BuildServiceProvider();

    /// <summary>The app's own among the services that start with it, in order. Those of the worker need a host to be made.</summary>
    public static IReadOnlyList<Type> Starting => [.. Services(Laptop)
        .Where(service => service.ServiceType == typeof(IHostedService)).Select(service => service.ImplementationType)
        .OfType<Type>().Where(type => type.Assembly == typeof(VodFunctionsBuilder).Assembly)];

    private static IServiceCollection Services(params (string Key, string? Value)[] settings)
    {
        FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder([]);
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)));
        builder.AddVodFunctions();
        builder.Services.AddSingleton<IFunctionMetadataProvider>(Generated());
        return builder.Services;
    }

    /// <summary>
    /// What the worker's source generator made of the app's functions. In the app's own process it is registered by itself; here
    /// that of the test would be, which has none.
    /// </summary>
    private static IFunctionMetadataProvider Generated() => (IFunctionMetadataProvider)Activator.CreateInstance(
        typeof(VodFunctionsBuilder).Assembly.GetTypes().Single(type => type.IsAssignableTo(typeof(IFunctionMetadataProvider))))!;
}
