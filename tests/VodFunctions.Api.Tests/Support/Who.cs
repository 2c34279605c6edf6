namespace VodFunctions.Api.Tests.Support;

/// <summary>Who calls in a test.</summary>
public enum Who
{
    /// <summary>Without a token.</summary>
    Nobody,

    /// <summary>Signed in, without a role.</summary>
    Viewer,

    /// <summary>An uploader who owns none of the test's videos.</summary>
    OtherUploader,

    /// <summary>The uploader whose videos they are.</summary>
    Owner,

    /// <summary>An admin who does not upload.</summary>
    Admin,
}
