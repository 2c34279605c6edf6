using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Moq;

namespace VodFunctions.Tests.Support;

/// <summary>The engine's client, scripted.</summary>
internal static class Engines
{
    /// <summary>One that knows no instance and takes every call.</summary>
    public static Mock<DurableTaskClient> Mock() => new("test") { DefaultValue = DefaultValue.Empty };

    /// <summary>It has that instance.</summary>
    public static Mock<DurableTaskClient> Has(
        this Mock<DurableTaskClient> engine, string id, OrchestrationRuntimeStatus status, DateTimeOffset? updatedAt = null)
    {
        engine.Setup(client => client.GetInstanceAsync(id, It.IsAny<CancellationToken>()))
            .ReturnsAsync(Metadata(id, status, updatedAt));
        return engine;
    }

    public static OrchestrationMetadata Metadata(
        string id, OrchestrationRuntimeStatus status, DateTimeOffset? updatedAt = null) =>
        new("ProcessVideo", id) { RuntimeStatus = status, LastUpdatedAt = updatedAt ?? default };

    /// <summary>A listing of one page.</summary>
    public static AsyncPageable<OrchestrationMetadata> Listing(params OrchestrationMetadata[] found) =>
        Pageable.Create((_, _) => Task.FromResult(new Page<OrchestrationMetadata>(found)));
}
