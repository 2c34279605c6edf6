using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using VodFunctions.Core.Notifications;
using VodFunctions.Core.Videos;
using VodFunctions.Local.Tests.Hosting;
using VodFunctions.Local.WebPubSub;
using VodFunctions.Testing.WebPubSub;
using VodFunctions.WebPubSubEmulator;
using Xunit;

namespace VodFunctions.Local.Tests.WebPubSub;

/// <summary>The host with a connection string: the emulator of another host stands for the service.</summary>
public sealed class ServiceNotificationChannelTests : IAsyncLifetime
{
    private LocalApp _service = null!;
    private ServiceProvider _host = null!;

    private INotificationChannel Channel => _host.GetRequiredService<INotificationChannel>();

    public async Task InitializeAsync()
    {
        _service = await LocalApp.StartAsync();
        _host = Host(_service.App.Services.GetVodWebPubSubConnectionString());
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _service.DisposeAsync();
    }

    [Theory]
    [InlineData("kim")]
    [InlineData("auth0|1")]
    [InlineData("tenant/김 lee%2F")]
    public async Task A_notice_reaches_its_user_and_nobody_else(string subject)
    {
        UserId user = UserId.Parse(subject);
        using TestClient client = await TestClient.ConnectAsync(await UrlAsync(user));
        using TestClient other = await TestClient.ConnectAsync(await UrlAsync(UserId.Parse("lee")));
        await client.ReceiveAsync();
        await other.ReceiveAsync();

        await Channel.SendToUserAsync(user, """{"text":"안녕"}""", default);
        await Channel.SendToUserAsync(UserId.Parse("lee"), """{"text":"own"}""", default);

        Assert.Equal("안녕", Text(await client.ReceiveAsync()));
        Assert.Equal("own", Text(await other.ReceiveAsync()));
    }

    [Fact]
    public async Task Its_url_gives_no_role()
    {
        Uri url = await UrlAsync(UserId.Parse("kim"));

        using TestClient client = await TestClient.ConnectAsync(url);
        await client.ReceiveAsync();
        await client.SendAsync("""{"type":"joinGroup","group":"g","ackId":1}""");

        Assert.False((await client.ReceiveAsync()).GetProperty("success").GetBoolean());
    }

    [Fact]
    public async Task A_service_that_refuses_or_is_away_is_an_error_that_shows_no_secret()
    {
        string connection = _service.App.Services.GetVodWebPubSubConnectionString();
        await using ServiceProvider stranger = Host($"{connection.Split("AccessKey=")[0]}AccessKey=another-key-of-enough-length-for-HS256;");
        await using ServiceProvider nowhere = Host("Endpoint=http://127.0.0.1:1;AccessKey=another-key-of-enough-length-for-HS256;");

        foreach (ServiceProvider host in new[] { stranger, nowhere })
        {
            HttpRequestException failure = await Assert.ThrowsAsync<HttpRequestException>(() =>
                host.GetRequiredService<INotificationChannel>().SendToUserAsync(UserId.Parse("kim"), "{}", default));
            Assert.DoesNotContain("another-key", failure.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Endpoint=https://x.webpubsub.azure.com;AccessKey=abc;Version=1.0;", true)]
    [InlineData("AccessKey=abc", false)]
    public void A_connection_string_that_is_none_is_refused_at_start_without_being_shown(string text, bool good)
    {
        using ServiceProvider host = Host(text);
        Exception? failure = Record.Exception(() => host.GetRequiredService<IOptions<WebPubSubOptions>>().Value);

        Assert.Equal(good, failure is null);
        Assert.DoesNotContain("abc", failure?.Message ?? "", StringComparison.Ordinal);
    }

    private Task<Uri> UrlAsync(UserId user) => Channel.GetClientUrlAsync(user, TimeSpan.FromMinutes(5), default);

    private static string? Text(JsonElement frame) => frame.GetProperty("data").GetProperty("text").GetString();

    private static ServiceProvider Host(string connectionString)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [KeyValuePair.Create("Vod:WebPubSub:ConnectionString", (string?)connectionString)]).Build();
        return new ServiceCollection().AddLogging().AddSingleton(configuration).AddSingleton(TimeProvider.System)
            .AddVodWebPubSub(configuration).BuildServiceProvider();
    }
}
