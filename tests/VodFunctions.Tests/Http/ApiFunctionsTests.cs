using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Moq;
using VodFunctions.Api;
using VodFunctions.Api.Auth;
using VodFunctions.Api.Endpoints;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Videos;
using VodFunctions.Durable;
using VodFunctions.Http;
using VodFunctions.Testing;
using VodFunctions.Tests.Support;
using Xunit;

namespace VodFunctions.Tests.Http;

public sealed class ApiFunctionsTests : IAsyncDisposable
{
    private static readonly SymmetricSecurityKey s_key = new(new byte[32]);

    private readonly VodWorld _world = new();
    private readonly Mock<DurableTaskClient> _engine = Engines.Mock();

    public static TheoryData<string> Endpoints { get; } = [.. VodEndpoints.All.Select(endpoint => endpoint.Name)];

    public ApiFunctionsTests()
    {
        _world.Services.AddSingleton<ITokenKeys>(new LocalTokenKeys("https://site.test", "vod", s_key));
        _world.Services.AddSingleton<Microsoft.Extensions.Configuration.IConfiguration>(
            new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build());
        _world.Services.AddVodApi();
        _world.Services.AddSingleton<DurableClientAccessor>();
        _world.Services.AddSingleton<IOrchestrationClient, DurableOrchestrationClient>();
    }

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public void Each_endpoint_has_a_function_of_its_name_with_its_methods_and_route_and_no_key()
    {
        IEnumerable<string> functions = Functions.With<HttpTriggerAttribute>()
            .Where(function => function.Name != "UnknownPath")
            .Select(function => Line(function.Name, function.Trigger.Methods!, function.Trigger.Route!));

        Assert.Equal(
            VodEndpoints.All.Select(endpoint => Line(endpoint.Name, endpoint.Methods, endpoint.Route)).Order(),
            functions.Order());
        Assert.All(
            Functions.With<HttpTriggerAttribute>(),
            function => Assert.Equal(AuthorizationLevel.Anonymous, function.Trigger.AuthLevel));

        static string Line(string name, IEnumerable<string> methods, string route) =>
            $"{name} {string.Join('|', methods.Select(method => method.ToUpperInvariant()).Order())} {route}";
    }

    /// <summary>
    /// Each call takes the way on which its use case needs the engine, if it ever does. Without the client such a call fails;
    /// with one that nothing asks for, the host would open a connection in vain.
    /// </summary>
    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task The_engines_client_is_bound_exactly_where_the_use_case_needs_it(string name)
    {
        (string? body, int status) = Expected(name);
        VideoId videoId = await PrepareAsync(name);

        HttpContext answer = await InvokeAsync(name, videoId, body?.Replace("{videoId}", $"{videoId}", StringComparison.Ordinal));

        Assert.Equal(status, answer.Response.StatusCode);
        Assert.Equal(Functions.HasClient(Functions.All[name]), _engine.Invocations.Count > 0);
    }

    [Theory]
    [InlineData("POST", "/api/nowhere", 404)]
    [InlineData("PUT", "/api/feeds", 405)]
    public async Task Another_path_or_method_is_answered_as_on_one_machine(string method, string path, int status)
    {
        HttpContext context = Context(method, path, null);

        IResult result = Create().UnknownPath(context.Request);
        await result.ExecuteAsync(context);

        Assert.Equal(status, context.Response.StatusCode);
    }

    // The body that is sent, and the answer to the call's success.
    private static (string? Body, int Status) Expected(string name) => name switch
    {
        "IssueUploadTicket" => ("""{"fileName":"a.mp4","contentType":"video/mp4","sizeBytes":10}""", 201),
        "SubmitFeed" => ("""{"text":"Look","videoId":"{videoId}"}""", 201),
        "DeleteVideo" or "AcknowledgeNotification" => (null, 204),
        "RequeueVideo" => (null, 202),
        _ => (null, 200),
    };

    // A video in the state in which the call has the most to do.
    private async Task<VideoId> PrepareAsync(string name)
    {
        VideoId videoId = await _world.IssueAsync();
        DateTimeOffset now = _world.Time.GetUtcNow();
        VideoRecord Failed(VideoRecord record) =>
            record.OpenJob(1, "0x1", now).FailJob(1, new JobError(JobErrorCode.EncodeFailed, "x"), now);
        await _world.Records.UpdateAsync(
            videoId,
            record => name switch
            {
                "DeleteVideo" or "SubmitFeed" => record.OpenJob(1, "0x1", now),
                "RequeueVideo" => Failed(record),
                "AcknowledgeNotification" => Failed(record.SubmitPost(
                    new(new Testing.InMemory.SequentialIds().NewFeedId(), "x", now))).MakeNoticeDue(1, now),
                _ => record,
            },
            default);
        return videoId;
    }

    private ApiFunctions Create() => new(_world.Get<VodApi>());

    private async Task<HttpContext> InvokeAsync(string name, VideoId videoId, string? body)
    {
        VodEndpoint endpoint = VodEndpoints.All.Single(found => found.Name == name);
        HttpContext context = Context(
            endpoint.Method, $"/api/{endpoint.Route.Replace("{videoId}", $"{videoId}", StringComparison.Ordinal)}", body);
        if (name == "ListVideos")
        {
            context.Request.QueryString = new QueryString("?mine=true");
        }

        MethodInfo function = Functions.All[name];
        Functions.Bind(function, _world.Get<DurableClientAccessor>(), _engine.Object);
        object[] arguments =
        [
            .. function.GetParameters().Select(parameter =>
                parameter.ParameterType == typeof(HttpRequest) ? (object)context.Request : _engine.Object),
        ];
        IResult result = await (Task<IResult>)function.Invoke(Create(), arguments)!;
        await result.ExecuteAsync(context);
        return context;
    }

    private DefaultHttpContext Context(string method, string path, string? body)
    {
        string token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = "https://site.test",
            Audience = "vod",
            Claims = new Dictionary<string, object> { ["sub"] = "alice", ["roles"] = new[] { "uploader", "admin" } },
            NotBefore = _world.Time.GetUtcNow().UtcDateTime,
            IssuedAt = _world.Time.GetUtcNow().UtcDateTime,
            Expires = _world.Time.GetUtcNow().UtcDateTime.AddHours(1),
            SigningCredentials = new SigningCredentials(s_key, SecurityAlgorithms.HmacSha256),
        });
        var context = new DefaultHttpContext { RequestServices = _world.Get<IServiceProvider>() };
        context.Request.Method = method;
        context.Request.Path = path;
        context.Request.Headers.Authorization = $"Bearer {token}";
        if (body is not null)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(body);
            context.Request.ContentType = "application/json";
            context.Request.ContentLength = bytes.Length;
            context.Request.Body = new MemoryStream(bytes);
        }

        return context;
    }
}
