namespace VodFunctions.Core.Videos;

/// <summary>Shows users to strangers, by <see cref="PublicName"/> and this deployment's key.</summary>
/// <param name="key">Read only where a pseudonym is needed.</param>
public sealed class PublicNames(IPseudonymKey key)
{
    /// <summary>Gets the name that a post was submitted under, or the user's pseudonym.</summary>
    /// <param name="user">Who it is.</param>
    /// <param name="author">The name of the post, as <see cref="PublicName.Clean"/> left it; null for none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<string> OfAsync(UserId user, string? author, CancellationToken cancellationToken) =>
        author ?? PublicName.Pseudonym(user, (await key.GetAsync(cancellationToken)).Span);
}
