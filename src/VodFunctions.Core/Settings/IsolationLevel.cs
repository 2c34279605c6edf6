namespace VodFunctions.Core.Settings;

/// <summary>What a program that an upload has taken over cannot reach. Each level includes those before it.</summary>
public enum IsolationLevel
{
    /// <summary>Nothing is promised.</summary>
    None,

    /// <summary>It reads neither files that are this user's alone nor the environment of the host and the worker.</summary>
    Secrets,

    /// <summary>It reaches no network either.</summary>
    Full,
}
