using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using VodFunctions.Api.Auth;
using VodFunctions.Api.Settings;
using VodFunctions.Api.Tests.Support;
using VodFunctions.Core.Problems;
using VodFunctions.Testing.InMemory;
using Xunit;

namespace VodFunctions.Api.Tests.Auth;

public sealed class TokenValidatorTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly RecordedLog _log = new();
    private readonly TestTokens _tokens;

    public TokenValidatorTests() => _tokens = new TestTokens(_time);

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task A_good_token_names_its_user_and_roles()
    {
        Caller? caller = await ValidateAsync(_tokens.For("user|17 한", "uploader", "admin", "something"));
        Assert.Equal(new Caller(Core.Videos.UserId.Parse("user|17 한"), IsUploader: true, IsAdmin: true), caller);
        Assert.Equal(new Caller(ApiHost.Owner, IsUploader: false, IsAdmin: false), await ValidateAsync(_tokens.For("owner")));
    }

    [Fact]
    public async Task Roles_may_be_one_string_and_stand_under_another_name()
    {
        string token = _tokens.Create(claims => (claims["roles"], claims["groups"]) = ("uploader", "admin"));
        Assert.Equal(new Caller(ApiHost.Owner, true, false), await ValidateAsync(token));
        Assert.Equal(new Caller(ApiHost.Owner, false, true), await ValidateAsync(token, new AuthOptions { RoleClaim = "groups" }));
    }

    public static TheoryData<object> NoRoles => [true, 1, "Uploader", "uploader admin", "", new Dictionary<string, object> { ["uploader"] = true }];

    [Theory]
    [MemberData(nameof(NoRoles))]
    public async Task What_is_not_exactly_a_role_is_none(object claim) =>
        Assert.Equal(new Caller(ApiHost.Owner, false, false), await ValidateAsync(_tokens.Create(claims => claims["roles"] = claim)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a\u0000b")]
    [InlineData("a\nb")]
    public async Task A_token_without_a_usable_subject_is_refused(string? subject) =>
        Assert.Null(await ValidateAsync(_tokens.Create(user: subject)));

    [Fact]
    public async Task A_subject_that_is_too_long_is_refused() =>
        Assert.Null(await ValidateAsync(_tokens.Create(user: new string('x', 256))));

    [Fact]
    public async Task Time_is_checked_with_half_a_minute_of_grace()
    {
        string token = _tokens.Create(startsIn: TimeSpan.FromMinutes(1), endsIn: TimeSpan.FromMinutes(10));
        Assert.Null(await ValidateAsync(token));
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.NotNull(await ValidateAsync(token));
        _time.Advance(TimeSpan.FromSeconds(9.5 * 60 + 29));
        Assert.NotNull(await ValidateAsync(token));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await ValidateAsync(token));
    }

    [Fact]
    public async Task A_token_that_never_expires_is_refused()
    {
        Assert.Null(await ValidateAsync(Signed("""{"alg":"RS256","kid":"key-1","typ":"JWT"}""", """{"iss":"https://site.test","aud":"vod","sub":"owner"}""")));
        Assert.NotNull(await ValidateAsync(Signed("""{"alg":"RS256","kid":"key-1","typ":"JWT"}""", """{"iss":"https://site.test","aud":"vod","sub":"owner","exp":253402300799}""")));
    }

    [Fact]
    public async Task Another_issuer_audience_or_key_is_refused()
    {
        Assert.Null(await ValidateAsync(_tokens.Create(issuer: "https://evil.test")));
        Assert.Null(await ValidateAsync(_tokens.Create(issuer: "https://site.test/")));
        Assert.Null(await ValidateAsync(_tokens.Create(audience: "other")));
        Assert.Null(await ValidateAsync(_tokens.Create(key: TestTokens.NewKey("key-1"))));
        Assert.Null(await ValidateAsync(_tokens.Create(key: TestTokens.NewKey("unheard-of"))));
    }

    [Fact]
    public async Task Unsigned_tampered_and_cut_tokens_are_refused()
    {
        string good = _tokens.For("owner", "uploader");
        string[] parts = good.Split('.');
        string none = Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""");
        string admin = Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(parts[1]).Replace("uploader", "admin", StringComparison.Ordinal));
        Assert.All(
            await Task.WhenAll(new[]
            {
                $"{none}.{parts[1]}.", $"{none}.{parts[1]}.{parts[2]}", $"{parts[0]}.{admin}.{parts[2]}", $"{parts[0]}.{parts[1]}.",
                $"{parts[0]}.{parts[1]}", good[..^6], $"{good}.{good}", "", " ", "a.b.c", "...", new string('a', 100_000),
            }.Select(token => ValidateAsync(token))),
            Assert.Null);
        Assert.NotNull(await ValidateAsync(good));
    }

    [Fact]
    public async Task A_public_key_used_as_a_password_is_refused()
    {
        // RFC 8725 section 2.1: the public key is known to all, so an HMAC under it proves nothing.
        byte[] known = Encoding.UTF8.GetBytes(TestTokens.Key.Rsa.ExportSubjectPublicKeyInfoPem());
        Assert.Null(await ValidateAsync(_tokens.Create(
            key: new SymmetricSecurityKey(known) { KeyId = "key-1" }, algorithm: SecurityAlgorithms.HmacSha256)));
    }

    [Fact]
    public async Task A_token_for_another_purpose_is_refused()
    {
        Assert.Null(await ValidateAsync(_tokens.Create(type: "logout+jwt")));
        Assert.Null(await ValidateAsync(_tokens.Create(type: "dpop+jwt")));
        Assert.NotNull(await ValidateAsync(_tokens.Create(type: "at+jwt")));
    }

    [Fact]
    public async Task A_host_may_sign_with_a_secret_of_its_own()
    {
        var secret = new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32)) { KeyId = "dev" };
        var keys = new LocalTokenKeys(TestTokens.Issuer, TestTokens.Audience, secret);
        string token = _tokens.Create(key: secret, algorithm: SecurityAlgorithms.HmacSha256);
        Assert.NotNull(await ValidateAsync(token, keys: keys));
        Assert.Null(await ValidateAsync(_tokens.For("owner"), keys: keys));
    }

    [Fact]
    public async Task No_token_reaches_the_log()
    {
        string[] tokens = [_tokens.Create(audience: "other"), _tokens.For("owner") + "x", "qqqqq-secret.qqqqq-payload.qqqqq-signature", _tokens.Create(key: TestTokens.NewKey("k"))];
        foreach (string token in tokens)
        {
            Assert.Null(await ValidateAsync(token));
        }

        Assert.Equal(tokens.Length, _log.Entries.Count);
        Assert.All(_log.Entries, entry => Assert.All(tokens, token => Assert.All(
            token.Split('.').Where(part => part.Length > 4),
            part => Assert.DoesNotContain(part, entry.Text, StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("Bearer abc", "abc")]
    [InlineData("bearer  abc ", "abc")]
    [InlineData("Basic abc", "")]
    [InlineData("Bearer", "")]
    [InlineData("abc", "")]
    [InlineData(null, null)]
    public void The_token_is_found_in_the_header_only(string? header, string? token)
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = new QueryString("?access_token=xyz");
        if (header is not null)
        {
            context.Request.Headers.Authorization = header;
        }

        Assert.Equal(token, BearerToken.Find(context.Request));
    }

    [Fact]
    public void Two_tokens_are_none()
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Authorization = new(["Bearer a", "Bearer b"]);
        Assert.Equal("", BearerToken.Find(context.Request));
    }

    private static string Signed(string header, string payload)
    {
        string text = $"{Base64UrlEncoder.Encode(header)}.{Base64UrlEncoder.Encode(payload)}";
        byte[] signature = TestTokens.Key.Rsa.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{text}.{Base64UrlEncoder.Encode(signature)}";
    }

    private Task<Caller?> ValidateAsync(string token, AuthOptions? options = null, ITokenKeys? keys = null) =>
        new TokenValidator(keys ?? TestTokens.Keys, Options.Create(options ?? new AuthOptions()), _time, new LoggerFactory([_log]).CreateLogger<TokenValidator>())
            .ValidateAsync(token, CancellationToken.None);
}
