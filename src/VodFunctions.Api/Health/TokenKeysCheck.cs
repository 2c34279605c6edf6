using VodFunctions.Api.Auth;
using VodFunctions.Core.Health;

namespace VodFunctions.Api.Health;

/// <summary>Without the issuer's keys nobody can sign in.</summary>
internal sealed class TokenKeysCheck(ITokenKeys keys) : IReadinessCheck
{
    public string Name => "auth";

    public async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await keys.GetAsync(cancellationToken);
            return null;
        }
        catch (TokenKeysUnavailableException)
        {
            return "The issuer's keys cannot be read.";
        }
    }
}
