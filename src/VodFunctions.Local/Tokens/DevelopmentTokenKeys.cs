using VodFunctions.Api.Auth;

namespace VodFunctions.Local.Tokens;

/// <summary>Has the API take the tokens that this host signs itself.</summary>
internal sealed class DevelopmentTokenKeys(DevelopmentTokens tokens) : ITokenKeys
{
    private readonly TokenKeys _keys =
        new(DevelopmentTokens.Issuer, DevelopmentTokens.Audience, [tokens.SigningKey]);

    public Task<TokenKeys> GetAsync(CancellationToken cancellationToken) => Task.FromResult(_keys);

    public Task<TokenKeys> RefreshAsync(CancellationToken cancellationToken) => Task.FromResult(_keys);
}
