using System.Reflection;
using Microsoft.Extensions.Logging;
using VodFunctions.Api;
using VodFunctions.Core;
using VodFunctions.Local.Hosting;
using VodFunctions.WebPubSubEmulator;
using Xunit;

namespace VodFunctions.Local.Tests.Hosting;

public sealed class LogEventTests
{
    [Fact]
    public void Every_log_event_has_an_id_of_its_own()
    {
        Assembly[] projects =
        [
            typeof(VodCoreServiceExtensions).Assembly, typeof(VodFunctions.FFmpeg.ServiceCollectionExtensions).Assembly,
            typeof(VodFunctions.BlobStorage.ServiceCollectionExtensions).Assembly, typeof(VodApi).Assembly,
            typeof(LocalHost).Assembly, typeof(EmulatorExtensions).Assembly,
        ];
        const BindingFlags All = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        var events = projects
            .SelectMany(project => project.GetTypes())
            .SelectMany(type => type.GetMethods(All | BindingFlags.DeclaredOnly))
            .Select(method => (Method: $"{method.DeclaringType}.{method.Name}", method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId))
            .Where(found => found.EventId is not null)
            .ToList();

        Assert.True(events.Count > 30, "The attributes are not kept.");
        Assert.Empty(events.GroupBy(found => found.EventId).Where(group => group.Count() > 1).Select(
            group => $"{group.Key}: {string.Join(", ", group.Select(found => found.Method))}"));

        // The Functions app has these, by a test of its own: not every feed has what loading it needs.
        Assert.DoesNotContain(events, found => found.EventId is >= 6000 and <= 6099);
    }
}
