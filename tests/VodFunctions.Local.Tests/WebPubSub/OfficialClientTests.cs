using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using VodFunctions.Core.Notifications;
using VodFunctions.Core.Videos;
using VodFunctions.Local.Tests.Hosting;
using Xunit;

namespace VodFunctions.Local.Tests.WebPubSub;

public sealed class OfficialClientTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("reliable")]
    public async Task The_official_client_connects_and_receives(string protocol)
    {
        await using LocalApp app = await LocalApp.StartAsync();
        var channel = app.App.Services.GetRequiredService<INotificationChannel>();
        UserId user = UserId.Parse("kim");
        Uri url = await channel.GetClientUrlAsync(user, TimeSpan.FromMinutes(5), default);
        string script = Repository.File("tests", "VodFunctions.Local.Tests", "WebPubSub", "official-client.mjs");
        var start = new ProcessStartInfo("node", [script, url.ToString(), protocol, "2"]) { RedirectStandardOutput = true };
        using Process node = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        try
        {
            Assert.Equal("""{"event":"connected","userId":"kim"}""", await node.StandardOutput.ReadLineAsync(limit.Token));
            Assert.Equal("""{"event":"refused","name":"Forbidden"}""", await node.StandardOutput.ReadLineAsync(limit.Token));
            Assert.Equal("""{"event":"ready"}""", await node.StandardOutput.ReadLineAsync(limit.Token));

            await channel.SendToUserAsync(user, """{"type":"video.completed","n":1}""", limit.Token);
            await channel.SendToUserAsync(user, """{"type":"video.completed","n":2}""", limit.Token);

            for (int n = 1; n <= 2; n++)
            {
                Assert.Equal(
                    $$$"""{"event":"message","dataType":"json","data":{"type":"video.completed","n":{{{n}}}}}""",
                    await node.StandardOutput.ReadLineAsync(limit.Token));
            }

            Assert.Equal("""{"event":"stopped"}""", await node.StandardOutput.ReadLineAsync(limit.Token));
            await node.WaitForExitAsync(limit.Token);
            Assert.Equal(0, node.ExitCode);
        }
        finally
        {
            if (!node.HasExited)
            {
                node.Kill(entireProcessTree: true);
            }
        }
    }
}
