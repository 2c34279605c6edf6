namespace VodFunctions.WebPubSubEmulator.Tokens;

/// <summary>Who connects, and what they may do beyond sending events: nothing, without a role.</summary>
internal sealed record ClientIdentity(string? UserId, IReadOnlySet<string> Roles, IReadOnlyList<string> Groups)
{
    /// <summary>A user who only listens.</summary>
    public static ClientIdentity WithoutRole(string userId) => new(userId, new HashSet<string>(), []);

    public bool MayJoin(string group) => Has("webpubsub.joinLeaveGroup", group);

    public bool MaySend(string group) => Has("webpubsub.sendToGroup", group);

    // The role for all groups, or the one for this group. Names of groups are case-sensitive.
    private bool Has(string role, string group) => Roles.Contains(role) || Roles.Contains($"{role}.{group}");
}
