namespace VodFunctions.Local.WebPubSub.Connections;

/// <summary>How a session ended. Only a broken one can be recovered.</summary>
internal enum SessionEnd
{
    /// <summary>The network failed, or the client was cut off.</summary>
    Broken,

    /// <summary>The client closed.</summary>
    ByClient,

    /// <summary>The client sent what is no frame of its subprotocol.</summary>
    Malformed,

    /// <summary>The client sent a frame that is too large.</summary>
    TooLarge,

    /// <summary>This host stops.</summary>
    Stopping,
}
