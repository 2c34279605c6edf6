using Azure.Core;
using Azure.Identity;

namespace VodFunctions.Hosting;

/// <summary>The identity that the app calls services as.</summary>
internal static class AppIdentity
{
    /// <summary>Creates the named identity, or finds one where none is named.</summary>
    /// <param name="clientId">The client id of a user-assigned managed identity. It is used alone: falling back to another one
    /// would hide a wrong setting.</param>
    public static TokenCredential Create(string? clientId) => string.IsNullOrWhiteSpace(clientId)
        ? new DefaultAzureCredential()
        : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId));
}
