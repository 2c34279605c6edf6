namespace VodFunctions.Local.Tests.EndToEnd.Killing;

/// <summary>How far the uploader's browser is.</summary>
internal enum Milestone
{
    /// <summary>It has its ticket.</summary>
    Ticketed,

    /// <summary>All blocks are stored, there is no blob yet.</summary>
    Staged,

    /// <summary>The blob is there.</summary>
    Uploaded,

    /// <summary>It submits its post just now.</summary>
    Posting,

    /// <summary>The post was accepted.</summary>
    Posted,

    /// <summary>The notice was received.</summary>
    Pushed,

    /// <summary>It acknowledges just now.</summary>
    Acknowledging,

    /// <summary>The acknowledgement was accepted.</summary>
    Acknowledged,

    /// <summary>The notification is COMPLETED.</summary>
    Ended,
}

/// <summary>When "submit" is pressed.</summary>
internal enum PostAt
{
    /// <summary>Before the upload.</summary>
    BeforeUpload,

    /// <summary>When there is a job.</summary>
    DuringJob,

    /// <summary>When the job is COMPLETED.</summary>
    AfterJob,

    /// <summary>When the host was just killed: the browser tries until it is back.</summary>
    WhileDown,
}
