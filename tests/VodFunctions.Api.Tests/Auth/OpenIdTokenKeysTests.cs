using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Tokens;
using VodFunctions.Api.Auth;
using VodFunctions.Api.Settings;
using VodFunctions.Api.Tests.Support;
using VodFunctions.Core.Problems;
using VodFunctions.Testing;
using Xunit;

namespace VodFunctions.Api.Tests.Auth;

public sealed class OpenIdTokenKeysTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private readonly TestTokens _tokens;
    private readonly Issuer _issuer = new();
    private readonly OpenIdTokenKeys _keys;
    private readonly TokenValidator _validator;

    public OpenIdTokenKeysTests()
    {
        _tokens = new TestTokens(_time);
        _issuer.Keys = [TestTokens.Key];
        IOptions<AuthOptions> options = Options.Create(
            new AuthOptions { Authority = TestTokens.Issuer, Audience = TestTokens.Audience });
        _keys = new OpenIdTokenKeys(_issuer, options, _time);
        _validator = new TokenValidator(_keys, options, _time, NullLogger<TokenValidator>.Instance);
    }

    [Fact]
    public async Task The_issuers_keys_are_read_once_for_all_callers()
    {
        string token = _tokens.For("owner");
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => IsGoodAsync(token))), Assert.True);
        Assert.Equal(1, _issuer.Reads);
    }

    [Fact]
    public async Task A_token_of_a_new_key_is_good_at_once()
    {
        Assert.True(await IsGoodAsync(_tokens.For("owner")));
        RsaSecurityKey next = TestTokens.NewKey("key-2");
        _issuer.Keys = [TestTokens.Key, next];
        _time.Advance(OpenIdTokenKeys.NotAgainWithin);
        Assert.True(await IsGoodAsync(_tokens.Create(key: next)));
        Assert.True(await IsGoodAsync(_tokens.For("owner")));
        Assert.Equal(2, _issuer.Reads);
    }

    [Fact]
    public async Task Made_up_keys_do_not_make_us_ask_the_issuer_each_time()
    {
        await IsGoodAsync(_tokens.For("owner"));
        _time.Advance(OpenIdTokenKeys.NotAgainWithin);
        for (int request = 0; request < 10; request++)
        {
            Assert.False(await IsGoodAsync(_tokens.Create(key: TestTokens.NewKey($"made-up-{request}"))));
        }

        Assert.Equal(2, _issuer.Reads);
    }

    [Fact]
    public async Task A_key_that_was_withdrawn_is_no_longer_good_after_a_renewal()
    {
        Assert.True(await IsGoodAsync(_tokens.Create(endsIn: TimeSpan.FromDays(2))));
        _issuer.Keys = [TestTokens.NewKey("key-2")];
        _time.Advance(OpenIdTokenKeys.RenewAfter);
        Assert.False(await IsGoodAsync(_tokens.Create(endsIn: TimeSpan.FromDays(2))));
    }

    [Fact]
    public async Task The_last_good_keys_stay_when_the_issuer_does_not_answer()
    {
        Assert.True(await IsGoodAsync(_tokens.For("owner")));
        _issuer.Failure = new IOException("down");
        _time.Advance(OpenIdTokenKeys.RenewAfter);
        Assert.True(await IsGoodAsync(_tokens.For("owner")));
    }

    [Fact]
    public async Task Without_any_keys_no_token_is_judged_and_callers_do_not_wait_in_a_row()
    {
        _issuer.Failure = new IOException("down");
        for (int request = 0; request < 5; request++)
        {
            await Assert.ThrowsAsync<TokenKeysUnavailableException>(() => IsGoodAsync(_tokens.For("owner")));
        }

        Assert.Equal(1, _issuer.Reads);
        _issuer.Failure = null;
        _time.Advance(OpenIdTokenKeys.FailureKeptFor);
        Assert.True(await IsGoodAsync(_tokens.For("owner")));
    }

    [Fact]
    public async Task A_stranger_who_hangs_up_does_not_keep_a_new_key_out_nor_a_withdrawn_one_in()
    {
        Assert.True(await IsGoodAsync(_tokens.For("owner")));
        RsaSecurityKey next = TestTokens.NewKey("key-2");
        RsaSecurityKey madeUp = TestTokens.NewKey("made-up");
        _issuer.Keys = [next];
        for (int round = 0; round < 24; round++)
        {
            _time.Advance(OpenIdTokenKeys.NotAgainWithin);
            _issuer.Gate = new();
            using var stranger = new CancellationTokenSource();
            Task<Caller?> attack =
                _validator.ValidateAsync(_tokens.Create(key: madeUp), stranger.Token);
            await stranger.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => attack);

            Task<bool> good = IsGoodAsync(_tokens.Create(key: next));
            _issuer.Gate.SetResult();
            Assert.True(await good);
            Assert.False(await IsGoodAsync(_tokens.For("owner")));
        }
    }

    [Fact]
    public async Task A_hanging_issuer_stalls_nobody_while_good_keys_are_held()
    {
        Assert.True(await IsGoodAsync(_tokens.Create(endsIn: TimeSpan.FromDays(2))));
        _issuer.Gate = new();
        _time.Advance(OpenIdTokenKeys.RenewAfter);

        for (int request = 0; request < 5; request++)
        {
            // The clock stands still: whoever waited for the issuer would wait for ever.
            Assert.True(await IsGoodAsync(_tokens.Create(endsIn: TimeSpan.FromDays(2))).WaitAsync(s_patience));
        }

        Assert.Equal(2, _issuer.Reads);
        _time.Advance(OpenIdTokenKeys.ReadLimit);
        _issuer.Gate.SetResult();
        _issuer.Keys = [TestTokens.NewKey("key-2")];
        _time.Advance(OpenIdTokenKeys.FailureKeptFor);
        await UntilRefusedAsync(_tokens.Create(endsIn: TimeSpan.FromDays(2)));
    }

    [Fact]
    public async Task An_issuer_that_hangs_at_the_start_is_given_up()
    {
        _issuer.Gate = new();
        Task<bool> first = IsGoodAsync(_tokens.For("owner"));
        _time.Advance(OpenIdTokenKeys.ReadLimit);

        await Assert.ThrowsAsync<TokenKeysUnavailableException>(() => first.WaitAsync(s_patience));

        _issuer.Gate.SetResult();
        _time.Advance(OpenIdTokenKeys.FailureKeptFor);
        Assert.True(await IsGoodAsync(_tokens.For("owner")));
    }

    [Fact]
    public async Task A_failed_reading_delays_a_new_key_by_seconds_only()
    {
        Assert.True(await IsGoodAsync(_tokens.For("owner")));
        RsaSecurityKey next = TestTokens.NewKey("key-2");
        _time.Advance(OpenIdTokenKeys.NotAgainWithin);
        _issuer.Failure = new IOException("down");
        Assert.False(await IsGoodAsync(_tokens.Create(key: next)));

        (_issuer.Failure, _issuer.Keys) = (null, [TestTokens.Key, next]);
        _time.Advance(OpenIdTokenKeys.FailureKeptFor);
        Assert.True(await IsGoodAsync(_tokens.Create(key: next)));
    }

    [Fact]
    public async Task Keys_are_renewed_after_the_clock_was_set_back()
    {
        var clock = new SetBack(_time);
        IOptions<AuthOptions> options = Options.Create(
            new AuthOptions { Authority = TestTokens.Issuer, Audience = TestTokens.Audience });
        var keys = new OpenIdTokenKeys(_issuer, options, clock);
        await keys.GetAsync(default);
        clock.By = TimeSpan.FromDays(365);
        _issuer.Keys = [TestTokens.NewKey("key-2")];
        _time.Advance(OpenIdTokenKeys.RenewAfter);

        await keys.GetAsync(default);

        Assert.Equal("key-2", Assert.Single((await keys.GetAsync(default)).Keys).KeyId);
    }

    [Fact]
    public async Task A_secret_in_a_public_document_is_not_believed()
    {
        var secret = new SymmetricSecurityKey(new byte[32]) { KeyId = "oct-1" };
        _issuer.Keys = [TestTokens.Key, secret];
        Assert.False(await IsGoodAsync(_tokens.Create(key: secret, algorithm: SecurityAlgorithms.HmacSha256)));
        Assert.True(await IsGoodAsync(_tokens.For("owner")));
        Assert.All((await _keys.GetAsync(default)).Keys, key => Assert.NotEqual("oct-1", key.KeyId));
    }

    private async Task UntilRefusedAsync(string token)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await IsGoodAsync(token))
        {
            // A renewal is under way in the background.
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private async Task<bool> IsGoodAsync(string token) => await _validator.ValidateAsync(token, CancellationToken.None) is not null;

    /// <summary>Its clock goes wrong; time passes all the same.</summary>
    private sealed class SetBack(TimeProvider inner) : TimeProvider
    {
        public TimeSpan By { get; set; }

        public override long TimestampFrequency => inner.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() - By;

        public override long GetTimestamp() => inner.GetTimestamp();
    }

    private sealed class Issuer : IDocumentRetriever
    {
        private int _reads;

        public int Reads => _reads;

        public IReadOnlyList<SecurityKey> Keys { get; set; } = [];

        public Exception? Failure { get; set; }

        /// <summary>While it is not set, the issuer hangs.</summary>
        public TaskCompletionSource? Gate { get; set; }

        public async Task<string> GetDocumentAsync(string address, CancellationToken cancel)
        {
            if (address == TestTokens.Issuer + "/jwks")
            {
                return JsonSerializer.Serialize(new { keys = Keys.Select(Describe) });
            }

            Assert.Equal(TestTokens.Issuer + "/.well-known/openid-configuration", address);
            Interlocked.Increment(ref _reads);
            await (Gate?.Task ?? Task.CompletedTask);
            return Failure is not null
                ? throw Failure
                : JsonSerializer.Serialize(new { issuer = TestTokens.Issuer, jwks_uri = TestTokens.Issuer + "/jwks" });
        }

        private static Dictionary<string, string> Describe(SecurityKey key)
        {
            if (key is RsaSecurityKey rsa)
            {
                JsonWebKey web = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(rsa.Rsa.ExportParameters(false)));
                return new() { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = key.KeyId, ["n"] = web.N, ["e"] = web.E };
            }

            return new() { ["kty"] = "oct", ["kid"] = key.KeyId, ["k"] = Base64UrlEncoder.Encode(((SymmetricSecurityKey)key).Key) };
        }
    }
}
