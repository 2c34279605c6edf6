using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using VodFunctions.Api.Tests.Support;
using Xunit;

namespace VodFunctions.Api.Tests.Calls;

/// <summary>Calls that reach the API around the Front Door before it, where its limits do not hold.</summary>
public sealed class FrontDoorTests
{
    private const string Id = "3e9c1f0a-6a0e-4f1b-9c55-0c1f6f1f7a11";

    private static readonly Dictionary<string, string?> s_behind = new() { ["Vod:Api:FrontDoorId"] = Id };

    [Theory]
    [InlineData("GET", "/api/feeds")]
    [InlineData("GET", "/api/videos?mine=true")]
    [InlineData("POST", "/api/uploads")]
    [InlineData("GET", "/api/health/ready")]
    [InlineData("GET", "/api/openapi.json")]
    public async Task A_call_that_came_around_it_is_refused_whoever_calls(string method, string path)
    {
        await using ApiHost host = await ApiHost.StartAsync(settings: s_behind);

        foreach (string? id in new[] { null, "", "00000000-0000-0000-0000-000000000000", $"{Id}, {Id}" })
        {
            Assert.Equal(HttpStatusCode.MisdirectedRequest, await SendAsync(host, method, path, id));
        }
    }

    [Fact]
    public async Task A_call_that_came_through_it_is_answered()
    {
        await using ApiHost host = await ApiHost.StartAsync(settings: s_behind);

        Assert.Equal(HttpStatusCode.OK, await SendAsync(host, "GET", "/api/feeds", Id));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(host, "GET", "/api/feeds", Id.ToUpperInvariant()));
    }

    [Fact]
    public async Task Whether_the_process_lives_is_told_to_everybody()
    {
        await using ApiHost host = await ApiHost.StartAsync(settings: s_behind);

        Assert.Equal(HttpStatusCode.OK, await SendAsync(host, "GET", "/api/health/live", null));
    }

    [Fact]
    public async Task Without_the_setting_every_call_is_answered()
    {
        await using ApiHost host = await ApiHost.StartAsync();

        Assert.Equal(HttpStatusCode.OK, await SendAsync(host, "GET", "/api/feeds", null));
    }

    // Without the check against the API's description, which has only what the API itself answers.
    private static async Task<HttpStatusCode> SendAsync(ApiHost host, string method, string path, string? id)
    {
        using HttpClient client = ((TestServer)host.Services.GetRequiredService<IServer>()).CreateClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = new("Bearer", host.TokenOf(Who.Owner));
        if (id is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Azure-FDID", id);
        }

        using HttpResponseMessage answer = await client.SendAsync(request);
        return answer.StatusCode;
    }
}
