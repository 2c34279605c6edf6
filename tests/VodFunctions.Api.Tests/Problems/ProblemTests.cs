using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VodFunctions.Api.Calls;
using VodFunctions.Api.Endpoints;
using VodFunctions.Api.Problems;
using VodFunctions.Api.Tests.Support;
using VodFunctions.Core.Problems;
using Xunit;

namespace VodFunctions.Api.Tests.Problems;

public sealed class ProblemTests
{
    public static TheoryData<ProblemCode> Codes => [.. Enum.GetValues<ProblemCode>()];

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Every_code_has_its_status_and_document(ProblemCode code)
    {
        await using ApiHost host = await StartAsync(() => throw new ProblemException(code, "Because."));
        Answer answer = await host.GetAsync("/api/test");
        Assert.Equal(ProblemResults.StatusOf(code), (int)answer.Status);
        Assert.Equal("application/problem+json", answer.ContentType);
        Assert.Equal("about:blank", answer.Json.GetProperty("type").GetString());
        Assert.Equal((int)answer.Status, answer.Json.GetProperty("status").GetInt32());
        Assert.Equal("Because.", answer.Json.GetProperty("detail").GetString());
        Assert.Matches("^[A-Z]+(_[A-Z]+)*$", answer.Code);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal((int)answer.Status is 429 or 503, answer.Header("Retry-After") is not null);
    }

    [Fact]
    public async Task A_fault_of_ours_is_logged_and_says_nothing()
    {
        await using ApiHost host = await StartAsync(() => throw new InvalidOperationException("inner secret"));
        Answer answer = await host.GetAsync("/api/test");
        Assert.Equal((HttpStatusCode.InternalServerError, "INTERNAL"), (answer.Status, answer.Code));
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
        var entry = Assert.Single(host.Log.Entries, entry => entry.Level == LogLevel.Error);
        Assert.Equal(4002, entry.Id.Id);
        Assert.Contains("inner secret", entry.Text, StringComparison.Ordinal);
    }

    public static TheoryData<Exception, bool> Faults => new()
    {
        { new TimeoutException(), true },
        { new HttpRequestException(), true },
        { new System.Net.Sockets.SocketException(), true },
        { new IOException("x", new System.Net.Sockets.SocketException()), true },
        { new TaskCanceledException(), true },
        { new Azure.RequestFailedException(503), true },
        { new Azure.RequestFailedException(0), true },
        { new Azure.RequestFailedException(429), true },
        { new Azure.DerivedFailedException(500), true },
        { new AggregateException(new Azure.RequestFailedException(0), new TimeoutException()), true },
        { new Azure.RequestFailedException(403), false },
        { new Azure.RequestFailedException(404), false },
        { new AggregateException(new TimeoutException(), new InvalidOperationException()), false },
        { new IOException("full"), false },
        { new InvalidOperationException(), false },
        { new FormatException(), false },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_does_not_answer_now_is_told_from_our_own_faults(Exception fault, bool transient)
    {
        await using ApiHost host = await StartAsync(() => throw fault);
        Answer answer = await host.GetAsync("/api/test");
        Assert.Equal(transient ? "SERVICE_UNAVAILABLE" : "INTERNAL", answer.Code);
        Assert.Equal(transient, answer.Header("Retry-After") is not null);
    }

    [Fact]
    public async Task Whoever_has_gone_gets_no_answer_and_no_log_entry()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        var context = new DefaultHttpContext { RequestAborted = gone.Token };
        context.Request.Path = "/api/feeds";
        IResult result = await host.Services.GetRequiredService<VodApi>().InvokeAsync("ListFeeds", context);
        Assert.Equal(499, Assert.IsType<ApiResult>(result).StatusCode);
        Assert.DoesNotContain(host.Log.Entries, entry => entry.Id.Id is 4002 or 4003);
    }

    [Theory]
    [InlineData("GET", "/api", 404)]
    [InlineData("GET", "/api/", 404)]
    [InlineData("GET", "/api/nothing", 404)]
    [InlineData("POST", "/api/dev/token", 404)]
    [InlineData("GET", "/api/uploads/x/y/z", 404)]
    [InlineData("PUT", "/api/uploads", 405)]
    [InlineData("GET", "/api/uploads", 405)]
    [InlineData("PATCH", "/api/videos/0123456789abcdef0123456789abcdef", 405)]
    [InlineData("TRACE", "/api/feeds", 405)]
    [InlineData("OPTIONS", "/api/feeds", 405)]
    [InlineData("POST", "/api/openapi.json", 405)]
    public async Task Unknown_paths_and_methods_are_problems_too(string method, string path, int status)
    {
        await using ApiHost host = await ApiHost.StartAsync();
        Answer answer = await host.SendAsync(new HttpMethod(method), path, Who.Nobody);
        Assert.Equal((status, status == 404 ? "NOT_FOUND" : "METHOD_NOT_ALLOWED"), ((int)answer.Status, answer.Code));
        Assert.Equal(status == 405, answer.Header("Allow") is not null);
    }

    [Fact]
    public async Task A_refused_method_says_which_are_allowed()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        Assert.Equal("GET, HEAD, POST", (await host.SendAsync(HttpMethod.Put, "/api/feeds/", Who.Nobody)).Header("Allow"));
        Assert.Equal(
            "DELETE, GET, HEAD",
            (await host.SendAsync(HttpMethod.Put, $"/api/videos/{Some.Unknown}", Who.Nobody)).Header("Allow"));
    }

    [Fact]
    public async Task Who_is_not_signed_in_learns_how()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        Assert.Equal("Bearer realm=\"vod\"", (await host.PostAsync("/api/uploads", Who.Nobody)).Header("WWW-Authenticate"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/uploads");
        Answer wrong = await host.SendAsync(request, "nonsense");
        Assert.Equal("Bearer realm=\"vod\", error=\"invalid_token\"", wrong.Header("WWW-Authenticate"));
    }

    private static Task<ApiHost> StartAsync(Func<IResult> handler) => ApiHost.StartAsync(services => services.AddSingleton(
        new VodEndpoint("Test", "GET", "test", Access.Anyone, (_, _) => Task.FromResult(handler()))));
}
