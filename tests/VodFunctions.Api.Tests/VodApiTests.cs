using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using VodFunctions.Api.Calls;
using VodFunctions.Api.Endpoints;
using VodFunctions.Api.Tests.Contract;
using VodFunctions.Api.Tests.Support;
using VodFunctions.Core.Videos;
using Xunit;

namespace VodFunctions.Api.Tests;

/// <summary>As the Functions app calls: no middleware, no routing, no services in the request.</summary>
public sealed class VodApiTests
{
    [Fact]
    public async Task An_endpoint_is_called_by_its_name_with_nothing_but_a_request()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        VideoId videoId = host.Records.Seed(Some.Pending()).VideoId;
        (int status, string body) = await InvokeAsync(host, "GetVideo", "GET", $"/api/videos/{videoId}", Who.Owner);
        Assert.Equal(200, status);
        Assert.Equal(videoId.ToString(), JsonDocument.Parse(body).RootElement.GetProperty("videoId").GetString());

        (status, body) = await InvokeAsync(
            host, "SubmitFeed", "POST", "/api/feeds", Who.Owner, $$"""{"text":"hello","videoId":"{{videoId}}"}""");
        Assert.Equal(201, status);
        (status, _) = await InvokeAsync(host, "DeleteVideo", "DELETE", $"/api/videos/{videoId}/", Who.Owner);
        Assert.Equal(204, status);
    }

    [Fact]
    public async Task Refusals_come_the_same_way()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        Assert.Equal(401, (await InvokeAsync(host, "ListVideos", "GET", "/api/videos", Who.Nobody)).Status);
        Assert.Equal(403, (await InvokeAsync(host, "ListVideos", "GET", "/api/videos", Who.Viewer)).Status);
        Assert.Equal(404, (await InvokeAsync(host, "GetVideo", "GET", "/api/videos/nonsense", Who.Owner)).Status);
        Assert.Equal(404, (await InvokeAsync(host, "GetVideo", "GET", "/elsewhere", Who.Owner)).Status);
        Assert.Equal(415, (await InvokeAsync(host, "IssueUploadTicket", "POST", "/api/uploads", Who.Owner)).Status);
    }

    [Fact]
    public async Task Head_answers_without_a_body()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        (int status, string body) = await InvokeAsync(host, "ListFeeds", "HEAD", "/api/feeds", Who.Nobody);
        Assert.Equal((200, ""), (status, body));
        Assert.Equal(200, (int)(await host.SendAsync(HttpMethod.Head, "/api/health/live", Who.Nobody)).Status);
    }

    [Fact]
    public async Task A_host_may_add_an_endpoint_which_the_table_does_not_get()
    {
        var added = new VodEndpoint("IssueDevelopmentToken", "POST", "dev/token", Access.Anyone,
            (_, _) => Task.FromResult<IResult>(ApiResult.Json(new { token = "t" })));
        await using ApiHost host = await ApiHost.StartAsync(services => services.AddSingleton(added));
        Assert.Equal("t", (await host.PostAsync("/api/dev/token", Who.Nobody)).Json.GetProperty("token").GetString());
        Assert.Equal("METHOD_NOT_ALLOWED", (await host.GetAsync("/api/dev/token")).Code);
        Assert.DoesNotContain(added, VodEndpoints.All);
    }

    [Fact]
    public async Task The_description_is_served()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        Answer answer = await host.GetAsync("/api/openapi.json");
        Assert.Equal("3.1.0", answer.Json.GetProperty("openapi").GetString());
        Assert.True(JsonElement.DeepEquals(OpenApiContract.Document, answer.Json));
    }

    [Fact]
    public async Task No_secret_reaches_the_log()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        Answer ticket = await host.PostAsync("/api/uploads", Who.Owner, new { fileName = "a", contentType = "video/mp4", sizeBytes = 1 });
        await host.PostAsync($"/api/uploads/{ticket.Json.GetProperty("videoId").GetString()}/renew", Who.Owner);
        await host.PostAsync("/api/notifications/connect", Who.Owner);
        string token = host.TokenOf(Who.Owner)!;
        Assert.All(host.Log.Entries, entry =>
        {
            Assert.DoesNotContain("secret-", entry.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(token.Split('.')[2], entry.Text, StringComparison.Ordinal);
        });
    }

    private static async Task<(int Status, string Body)> InvokeAsync(
        ApiHost host, string name, string method, string path, Who who, string? json = null)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Path = path;
        context.Response.Body = new MemoryStream();
        if (host.TokenOf(who) is { } token)
        {
            context.Request.Headers.Authorization = "Bearer " + token;
        }

        if (json is not null)
        {
            context.Request.ContentType = "application/json";
            context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(json));
        }

        IResult result = await host.Services.GetRequiredService<VodApi>().InvokeAsync(name, context);
        await result.ExecuteAsync(context);
        return (context.Response.StatusCode, Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray()));
    }
}
