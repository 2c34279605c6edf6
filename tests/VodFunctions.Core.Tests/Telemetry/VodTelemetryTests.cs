using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using VodFunctions.Core.Telemetry;
using VodFunctions.Core.Videos;
using VodFunctions.Testing;
using Xunit;

namespace VodFunctions.Core.Tests.Telemetry;

public sealed class VodTelemetryTests : IAsyncDisposable
{
    private readonly VodWorld _world = new();

    [Fact]
    public async Task Everything_about_a_video_is_one_trace_whose_id_is_the_videos()
    {
        _world.WithoutEngine();

        // Other worlds count their ids from the same one on, and may be at work now.
        _world.Services.AddSingleton<IIdGenerator, CryptoIdGenerator>();
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == VodTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        VideoId videoId = await _world.IssueAsync();
        await _world.ArriveAsync(videoId);
        await _world.PostAsync(videoId);

        string[] names = [.. spans.Where(span => span.TraceId.ToHexString() == videoId.ToString()).Select(span => span.OperationName)];
        Assert.Equal(["upload ticket", "upload arrived", "post submitted"], names);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();
}
