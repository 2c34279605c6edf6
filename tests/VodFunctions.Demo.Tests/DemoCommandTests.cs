using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VodFunctions.WebPubSubEmulator;
using Xunit;

namespace VodFunctions.Demo.Tests;

public sealed class DemoCommandTests
{
    [Fact]
    public async Task The_demo_takes_a_video_to_the_acknowledged_notice_as_a_browser_would()
    {
        (int code, string output, FakeApi api) = await RunAsync("COMPLETED", 2500);

        Assert.Equal(0, code);
        Assert.Equal(2500, api.UploadedBytes);
        Assert.Contains("VodProcessingJob           COMPLETED", output, StringComparison.Ordinal);
        Assert.Contains("VodProcessingNotification  COMPLETED", output, StringComparison.Ordinal);
        Assert.Matches(@"\nwatch http://127\.0\.0\.1:\d+/videos/\w+\n   or http://127\.0\.0\.1:\d+/watch/master\.m3u8\n", output);
        Assert.Contains("upload 100 %", output, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", output, StringComparison.Ordinal);
        int connect = api.Calls.IndexOf("POST /api/notifications/connect");
        int upload = api.Calls.IndexOf("POST /api/uploads");
        int post = api.Calls.IndexOf("POST /api/feeds");
        int segment = api.Calls.IndexOf("GET /watch/v/seg_00000.m4s");
        Assert.True(connect >= 0 && connect < upload && upload < post && post < segment, string.Join("; ", api.Calls));
    }

    [Fact]
    public async Task A_rejected_video_ends_with_its_code_and_a_failure()
    {
        (int code, string output, _) = await RunAsync("ERROR", 10);

        Assert.Equal(2, code);
        Assert.Contains("push received: video.failed", output, StringComparison.Ordinal);
        Assert.Contains("NOT_A_VIDEO: No video.", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--url")]
    [InlineData("--nothing", "x")]
    [InlineData("--url", "http://127.0.0.1:1", "--video", "/nonexistent.mp4")]
    [InlineData("--url", "http://127.0.0.1:1", "--video", "here")]
    public async Task What_cannot_be_done_ends_with_a_sentence(params string[] arguments)
    {
        // A file that is there and is not empty.
        string file = typeof(DemoCommandTests).Assembly.Location;

        int code = await DemoCommand.RunAsync(
            [.. arguments.Select(argument => argument == "here" ? file : argument)], TextWriter.Null, default);

        Assert.Equal(1, code);
    }

    private static async Task<(int Code, string Output, FakeApi Api)> RunAsync(string ending, int bytes)
    {
        var api = new FakeApi(ending);
        await using WebApplication app = await StartAsync(api);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("vod-demo-");
        try
        {
            string video = Path.Combine(folder.FullName, "clip.mp4");
            await File.WriteAllBytesAsync(video, new byte[bytes]);
            var output = new StringWriter();

            int code = await DemoCommand.RunAsync(
                ["--url", app.Urls.First(), "--video", video, "--patience", "60"], output, default);
            return (code, output.ToString(), api);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<WebApplication> StartAsync(FakeApi api)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System).AddVodWebPubSubEmulator(_ => EmulatorExtensions.NewAccessKey());
        WebApplication app = builder.Build();
        app.UseWebSockets();
        app.MapVodWebPubSub();
        api.Map(app);
        await app.StartAsync();
        return app;
    }
}
