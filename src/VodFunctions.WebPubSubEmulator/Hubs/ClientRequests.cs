using VodFunctions.WebPubSubEmulator.Connections;
using VodFunctions.WebPubSubEmulator.Frames;
using VodFunctions.WebPubSubEmulator.Tokens;

namespace VodFunctions.WebPubSubEmulator.Hubs;

/// <summary>Carries out what clients ask a hub for, as far as their roles allow.</summary>
internal static class ClientRequests
{
    public static void Handle(Hub hub, Connection connection, ClientFrame frame)
    {
        switch (frame.Type)
        {
            case "ping":
                connection.Answer(ServerFrame.Pong());
                return;
            case "sequenceAck":
                connection.Outbox.Acknowledge(frame.SequenceId);
                return;
        }

        bool fresh = frame.AckId is not { } id || connection.Acks.TryUse(id);
        AckError? error = fresh ? Execute(hub, connection, frame) : AckError.Duplicate;
        if (frame.AckId is { } ackId)
        {
            connection.Answer(ServerFrame.Ack(ackId, error));
        }
    }

    private static AckError? Execute(Hub hub, Connection connection, ClientFrame frame)
    {
        ClientIdentity who = connection.Identity;
        switch (frame.Type)
        {
            case "joinGroup" when who.MayJoin(frame.Group):
                hub.Join(connection, frame.Group);
                return null;
            case "leaveGroup" when who.MayJoin(frame.Group):
                hub.Leave(connection, frame.Group);
                return null;
            case "sendToGroup" when who.MaySend(frame.Group):
                HubMessage message = frame.Message! with { Group = frame.Group, FromUserId = who.UserId };
                hub.Send(hub.OfGroup(frame.Group).Where(member => !frame.NoEcho || member != connection), message);
                return null;
            case "event":
                return null; // Taken, as with no upstream server configured.
            default:
                return AckError.Forbidden;
        }
    }
}
