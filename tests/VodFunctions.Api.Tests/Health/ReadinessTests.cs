using System.Net;
using Microsoft.Extensions.DependencyInjection;
using VodFunctions.Api.Auth;
using VodFunctions.Api.Tests.Support;
using VodFunctions.Core.Health;
using Xunit;

namespace VodFunctions.Api.Tests.Health;

public sealed class ReadinessTests
{
    [Fact]
    public async Task What_is_missing_is_named_and_the_process_stays_alive()
    {
        var good = new Check("storage", _ => Task.FromResult<string?>(null));
        var missing = new Check("ffmpeg", _ => Task.FromResult<string?>("FFmpeg was not found."));
        var broken = new Check("engine", _ => throw new InvalidOperationException("password=1234"));
        await using ApiHost host = await ApiHost.StartAsync(services => Add(services, good, missing, broken));

        Answer answer = await host.GetAsync("/api/health/ready");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "SERVICE_UNAVAILABLE"), (answer.Status, answer.Code));
        Assert.Equal(
            ["ffmpeg: FFmpeg was not found.", "engine: It cannot be reached."],
            answer.Json.GetProperty("missing").EnumerateArray().Select(part => $"{part.GetProperty("name")}: {part.GetProperty("reason")}"));
        Assert.DoesNotContain("1234", answer.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/api/health/live")).Status);
    }

    [Fact]
    public async Task What_is_good_to_know_is_named_while_all_is_well()
    {
        var noted = new Check("ffmpeg", _ => Task.FromResult<string?>(null)) { Note = "FFmpeg's isolation is Secrets." };
        await using ApiHost host = await ApiHost.StartAsync(services => Add(services, noted));

        Answer answer = await host.GetAsync("/api/health/ready");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(
            ["ffmpeg: FFmpeg's isolation is Secrets."],
            answer.Json.GetProperty("notes").EnumerateArray().Select(part => $"{part.GetProperty("name")}: {part.GetProperty("note")}"));
    }

    [Fact]
    public async Task A_check_that_hangs_does_not_hold_up_the_answer()
    {
        var hangs = new Check("hangs", _ => new TaskCompletionSource<string?>().Task);
        var alsoHangs = new Check("also", _ => new TaskCompletionSource<string?>().Task);
        await using ApiHost host = await ApiHost.StartAsync(services => Add(services, hangs, alsoHangs));
        Answer answer = await host.GetAsync("/api/health/ready").WaitAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(
            ["hangs: It did not answer in time.", "also: It did not answer in time."],
            answer.Json.GetProperty("missing").EnumerateArray().Select(part => $"{part.GetProperty("name")}: {part.GetProperty("reason")}"));
    }

    [Fact]
    public async Task Callers_at_the_same_time_share_one_look_which_is_kept_for_a_second()
    {
        var release = new TaskCompletionSource<string?>();
        var check = new Check("storage", _ => release.Task);
        await using ApiHost host = await ApiHost.StartAsync(services => Add(services, check));
        Task<Answer>[] calls = [.. Enumerable.Range(0, 10).Select(_ => host.GetAsync("/api/health/ready"))];
        release.SetResult(null);
        Assert.All(await Task.WhenAll(calls), answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(1, check.Asked);

        host.Time.Advance(TimeSpan.FromSeconds(1));
        await host.GetAsync("/api/health/ready");
        Assert.Equal(2, check.Asked);
    }

    [Fact]
    public async Task An_issuer_that_does_not_answer_is_missing()
    {
        await using ApiHost host = await ApiHost.StartAsync(services => services.AddSingleton<ITokenKeys>(new NoKeys()));
        Answer answer = await host.GetAsync("/api/health/ready");
        Assert.Equal("auth", answer.Json.GetProperty("missing")[0].GetProperty("name").GetString());
        Answer call = await host.GetAsync("/api/videos?mine=true", Who.Owner);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "SERVICE_UNAVAILABLE"), (call.Status, call.Code));
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/api/feeds", Who.Owner)).Status);
    }

    private static void Add(IServiceCollection services, params IReadinessCheck[] checks)
    {
        foreach (IReadinessCheck check in checks)
        {
            services.AddSingleton(check);
        }
    }

    private sealed class Check(string name, Func<CancellationToken, Task<string?>> check) : IReadinessCheck
    {
        private int _asked;

        public string Name => name;

        public string? Note { get; init; }

        public int Asked => _asked;

        public Task<string?> CheckAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _asked);
            return check(cancellationToken);
        }
    }

    private sealed class NoKeys : ITokenKeys
    {
        public Task<TokenKeys> GetAsync(CancellationToken cancellationToken) =>
            throw new TokenKeysUnavailableException(new IOException("down"));

        public Task<TokenKeys> RefreshAsync(CancellationToken cancellationToken) => GetAsync(cancellationToken);
    }
}
