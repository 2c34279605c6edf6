using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using VodFunctions.Core.Json;
using VodFunctions.Core.Orchestration;
using VodFunctions.Local.Durable;
using VodFunctions.Local.Durable.Journaling;
using Xunit;

namespace VodFunctions.Local.Tests.Durable;

/// <summary>A runner on a folder, wired as a host wires it.</summary>
internal sealed class DurableHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly IHostedService _runner;

    private DurableHost(string folder, DurableSetup setup)
    {
        var services = new ServiceCollection();
        services.AddSingleton(setup.Clock);
        services.AddLogging(logging => logging.AddProvider(Logs).SetMinimumLevel(LogLevel.Debug));
        services.AddEmbeddedDurableRunner(options =>
        {
            options.DataFolder = folder;
            setup.Options(options);
        });
        setup.AddTo(services);
        if (setup.Faults is not null)
        {
            services.AddSingleton(setup.Faults);
        }

        _services = services.BuildServiceProvider(validateScopes: true);
        try
        {
            _runner = _services.GetRequiredService<IHostedService>();
            Client = _services.GetRequiredService<IOrchestrationClient>();
            Journal = _services.GetRequiredService<IJournalReader>();
            Database = _services.GetRequiredService<JournalDatabase>();
        }
        catch
        {
            _services.Dispose();
            throw;
        }
    }

    public LogRecorder Logs { get; } = new();

    public IOrchestrationClient Client { get; }

    public IJournalReader Journal { get; }

    public JournalDatabase Database { get; }

    /// <summary>Opens the journal, runs nothing.</summary>
    public static DurableHost Open(string folder, DurableSetup setup) => new(folder, setup);

    public static async Task<DurableHost> StartAsync(string folder, DurableSetup setup)
    {
        DurableHost host = Open(folder, setup);
        await host.StartAsync();
        return host;
    }

    public Task StartAsync() => _runner.StartAsync(CancellationToken.None);

    public Task StopAsync() => _runner.StopAsync(CancellationToken.None);

    public Task<bool> StartInstanceAsync(string orchestration, string id = "one", string input = "in") =>
        Client.StartAsync(orchestration, id, input, CancellationToken.None);

    public Task RaiseAsync(string eventName, string id = "one") => Client.RaiseEventAsync(id, eventName, CancellationToken.None);

    public JournalInstance? Instance(string id = "one") => Journal.ListInstances().SingleOrDefault(instance => instance.Id == id);

    public IReadOnlyList<JournalEvent> History(JournalEventKind kind, string id = "one") =>
        [.. Journal.ReadHistory(id).Where(entry => entry.Kind == kind)];

    /// <summary>Waits until an instance has a number of such entries.</summary>
    public Task HasAsync(JournalEventKind kind, int count = 1, string id = "one") =>
        Eventually.TrueAsync(() => History(kind, id).Count >= count, $"{count} x {kind} in {id}");

    /// <summary>Waits for the end, which must be a good one, and gives its output.</summary>
    public async Task<string> OutputAsync(string id = "one")
    {
        JournalInstance ended = await EndAsync(id);
        Assert.True(ended.Status == InstanceStatus.Completed, $"{id} is {ended.Status}: {ended.Error}");
        return VodJson.Deserialize<string>(ended.Output!);
    }

    /// <summary>Waits for the end, which must be a failure, and gives its error.</summary>
    public async Task<string> ErrorAsync(string id = "one")
    {
        JournalInstance ended = await EndAsync(id);
        Assert.Equal(InstanceStatus.Failed, ended.Status);
        return ended.Error!;
    }

    public async Task<JournalInstance> EndAsync(string id = "one")
    {
        await Eventually.TrueAsync(() => Instance(id)?.EndedAt is not null, $"the end of {id}");
        return Instance(id)!;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _services.DisposeAsync();
    }
}
