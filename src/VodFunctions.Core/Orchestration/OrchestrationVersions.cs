namespace VodFunctions.Core.Orchestration;

/// <summary>
/// Versions of an orchestration's code, such as <c>1.0</c>. Instances wait for weeks and are replayed by every later version, so
/// an order of calls that has changed is kept for those that began with the old one.
/// </summary>
public static class OrchestrationVersions
{
    /// <summary>Whether the instance was started with that version or a later one.</summary>
    public static bool IsSince(this IOrchestrationContext context, string version) => Compare(context.Version, version) >= 0;

    /// <summary>Compares as the engine of Durable Functions does: numbers by value, none before all.</summary>
    /// <returns>Less than 0 where <paramref name="left"/> is older, 0 where they are the same.</returns>
    public static int Compare(string left, string right) =>
        Version.TryParse(left, out Version? former) && Version.TryParse(right, out Version? latter)
            ? former.CompareTo(latter)
            : string.Compare(left, right, StringComparison.OrdinalIgnoreCase);
}
