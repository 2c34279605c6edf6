namespace VodFunctions.WebPubSubEmulator.Connections;

/// <summary>How a session ended. Only a broken one, and one that the client left, can be recovered.</summary>
internal enum SessionEnd
{
    /// <summary>The network failed, or the client was cut off.</summary>
    Broken,

    /// <summary>The client closed for good, as a browser does that leaves the page.</summary>
    ByClient,

    /// <summary>
    /// The client closed normally or without a status. The official client does that when it stops, but also when it
    /// holds the connection for dead, and then it comes back.
    /// </summary>
    Left,

    /// <summary>The client sent what is no frame of its subprotocol.</summary>
    Malformed,

    /// <summary>The client sent a frame that is too large.</summary>
    TooLarge,

    /// <summary>A server closed it over the REST API.</summary>
    ByServer,

    /// <summary>This host stops.</summary>
    Stopping,
}
