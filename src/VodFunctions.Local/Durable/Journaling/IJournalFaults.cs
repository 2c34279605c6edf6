namespace VodFunctions.Local.Durable.Journaling;

/// <summary>
/// Where tests break the journal: what these throw passes through as if SQLite, or the process, had failed there. They
/// run
/// inside the journal's lock, so the files do not change meanwhile.
/// </summary>
internal interface IJournalFaults
{
    /// <summary>All of a transaction is written, nothing is committed.</summary>
    void BeforeCommit(string transaction);

    /// <summary>The transaction is durable, nobody knows yet.</summary>
    void AfterCommit(string transaction);
}
