using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Tokens;
using VodFunctions.Api.Auth;
using VodFunctions.Api.Settings;
using VodFunctions.Api.Tests.Support;
using VodFunctions.Testing.InMemory;
using Xunit;

namespace VodFunctions.Api.Tests.Auth;

public sealed class OpenIdTokenKeysTests : IDisposable
{
    private readonly ManualTime _time = new();
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

    public void Dispose() => _keys.Dispose();

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
    public async Task A_secret_in_a_public_document_is_not_believed()
    {
        var secret = new SymmetricSecurityKey(new byte[32]) { KeyId = "oct-1" };
        _issuer.Keys = [TestTokens.Key, secret];
        Assert.False(await IsGoodAsync(_tokens.Create(key: secret, algorithm: SecurityAlgorithms.HmacSha256)));
        Assert.True(await IsGoodAsync(_tokens.For("owner")));
        Assert.All((await _keys.GetAsync(default)).Keys, key => Assert.NotEqual("oct-1", key.KeyId));
    }

    private async Task<bool> IsGoodAsync(string token) => await _validator.ValidateAsync(token, CancellationToken.None) is not null;

    private sealed class Issuer : IDocumentRetriever
    {
        private int _reads;

        public int Reads => _reads;

        public IReadOnlyList<SecurityKey> Keys { get; set; } = [];

        public Exception? Failure { get; set; }

        public Task<string> GetDocumentAsync(string address, CancellationToken cancel)
        {
            if (address == TestTokens.Issuer + "/jwks")
            {
                return Task.FromResult(JsonSerializer.Serialize(new { keys = Keys.Select(Describe) }));
            }

            Assert.Equal(TestTokens.Issuer + "/.well-known/openid-configuration", address);
            Interlocked.Increment(ref _reads);
            return Failure is not null
                ? throw Failure
                : Task.FromResult(JsonSerializer.Serialize(new { issuer = TestTokens.Issuer, jwks_uri = TestTokens.Issuer + "/jwks" }));
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
