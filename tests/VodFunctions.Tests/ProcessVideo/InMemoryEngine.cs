using System.Reflection;
using DurableTask.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.DurableTask.Testing.Sidecar;
using Microsoft.DurableTask.Testing.Sidecar.Grpc;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using VodFunctions.Core.Json;
using VodFunctions.Core.Processing;
using VodFunctions.Durable;
using VodFunctions.Tests.Support;

namespace VodFunctions.Tests.ProcessVideo;

/// <summary>
/// The engine in memory, with the app's own functions as its orchestrator and activities: put together as the package's test
/// host does it, but on a back end that the test's clock rules, and with a worker that can be lost.
/// </summary>
internal sealed class InMemoryEngine(IServiceProvider services, DurableClientAccessor accessor, TimeProvider time) : IHostedService, IAsyncDisposable
{
    // As the durable extension makes it of the worker's serializer.
    private static readonly JsonDataConverter s_json = new(VodJson.Options);

    private WebApplication? _sidecar;
    private GrpcChannel? _channel;
    private IHost? _worker;

    public ClockedOrchestrationService Backend { get; } = new(new InMemoryOrchestrationService(), time);

    public DurableTaskClient Client { get; private set; } = null!;

    /// <summary>What a host takes from <c>host.json</c> for clients and workers that are started from now on.</summary>
    public (string Client, DurableTaskWorkerOptions.VersioningOptions Worker) Versions { get; set; } =
        (ProcessVideoNames.Version, CurrentOrOlder(ProcessVideoNames.Version, DurableTaskWorkerOptions.VersionFailureStrategy.Reject));

    public static DurableTaskWorkerOptions.VersioningOptions CurrentOrOlder(
        string version, DurableTaskWorkerOptions.VersionFailureStrategy otherwise) => new()
        {
            Version = version,
            MatchStrategy = DurableTaskWorkerOptions.VersionMatchStrategy.CurrentOrOlder,
            FailureStrategy = otherwise,
        };

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await StartSidecarAsync(cancellationToken);
        await StartWorkerAsync(cancellationToken);
    }

    /// <summary>
    /// Host and worker are gone, whatever they were at; others take their place. What the lost worker runs goes on here, as it
    /// may in Azure, and finds nobody to tell.
    /// </summary>
    public async Task LoseContainerAsync()
    {
        await _worker!.StopAsync();
        await _sidecar!.DisposeAsync();
        await StartSidecarAsync(default);
        await StartWorkerAsync(default);
        await Backend.HandOutAgainAsync();
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _worker!.StopAsync(cancellationToken);
        _worker.Dispose();
        _channel!.Dispose();
        await _sidecar!.StopAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_sidecar is not null)
        {
            await _sidecar.DisposeAsync();
        }
    }

    private async Task StartSidecarAsync(CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<IOrchestrationService>(Backend);
        builder.Services.AddSingleton<IOrchestrationServiceClient>(Backend);
        builder.Services.AddSingleton<TaskHubGrpcServer>();
        _sidecar = builder.Build();
        _sidecar.MapGrpcService<TaskHubGrpcServer>();
        await _sidecar.StartAsync(cancellationToken);
        _channel = GrpcChannel.ForAddress(
            _sidecar.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    private async Task StartWorkerAsync(CancellationToken cancellationToken)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging();
        builder.Services.AddDurableTaskWorker(worker =>
        {
            worker.UseGrpc(_channel!);
            worker.UseVersioning(Versions.Worker);
            worker.Configure(options => options.DataConverter = s_json);
            worker.AddTasks(tasks =>
            {
                foreach ((string name, MethodInfo method, _) in Functions.With<OrchestrationTriggerAttribute>())
                {
                    tasks.AddOrchestratorFunc<UploadedVideo, string>(
                        name, (context, input) => (Task<string>)method.Invoke(null, [context, input])!);
                }

                foreach ((string name, MethodInfo method, _) in Functions.With<ActivityTriggerAttribute>())
                {
                    tasks.AddActivity(name, new FunctionActivity(method, input => RunAsync(name, method, input)));
                }
            });
        });
        builder.Services.AddDurableTaskClient(client =>
        {
            client.UseGrpc(_channel!);
            client.UseDefaultVersion(Versions.Client);
            client.Configure(options => options.DataConverter = s_json);
            client.RegisterDirectly();
        });
        _worker = builder.Build();
        await _worker.StartAsync(cancellationToken);
        Client = _worker.Services.GetRequiredService<DurableTaskClient>();
    }

    // As the Functions worker calls it, with the client where it asks for one.
    private async Task<object?> RunAsync(string name, MethodInfo function, object? input)
    {
        EngineClient.IsInFunction = true;
        Functions.Bind(function, accessor, Client);
        object?[] arguments =
        [
            .. function.GetParameters().Select(parameter => parameter.ParameterType switch
            {
                Type type when type == typeof(DurableTaskClient) => Client,
                Type type when type == typeof(FunctionContext) => Functions.Context(name, services: services),
                _ when parameter.GetCustomAttribute<ActivityTriggerAttribute>() is not null => input,
                Type type => throw new InvalidOperationException($"{name} asks for a {type.Name}."),
            }),
        ];
        var run = (Task)function.Invoke(null, arguments)!;
        await run;
        return run.GetType().GetProperty(nameof(Task<object>.Result))!.GetValue(run);
    }

    private sealed class FunctionActivity(MethodInfo function, Func<object?, Task<object?>> run) : ITaskActivity
    {
        public Type InputType { get; } = function.GetParameters()
            .Single(parameter => parameter.GetCustomAttribute<ActivityTriggerAttribute>() is not null).ParameterType;

        public Type OutputType { get; } = function.ReturnType.GetGenericArguments().Single();

        public Task<object?> RunAsync(TaskActivityContext context, object? input) => run(input);
    }
}
