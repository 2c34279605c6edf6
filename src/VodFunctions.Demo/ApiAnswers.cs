namespace VodFunctions.Demo;

/// <summary><c>POST uploads</c> and <c>POST uploads/{videoId}/renew</c>.</summary>
internal sealed record TicketAnswer(string VideoId, Uri UploadUrl, DateTimeOffset ExpiresAt, long MaxBytes, int BlockBytes);

/// <summary><c>GET videos/{videoId}</c>.</summary>
internal sealed record VideoAnswer(
    string VideoId, VideoAnswer.JobPart? Job, VideoAnswer.NotificationPart? Notification, VideoAnswer.PlaybackPart? Playback)
{
    public sealed record JobPart(string Status, string Step, int Percent, ErrorPart? Error)
    {
        public bool HasEnded => Status is "COMPLETED" or "ERROR";
    }

    public sealed record ErrorPart(string Code, string Message);

    public sealed record NotificationPart(string Status);

    public sealed record PlaybackPart(string Master, double DurationSeconds, IReadOnlyList<RenditionPart> Renditions);

    public sealed record RenditionPart(string Name, int Width, int Height, long Bitrate);
}

/// <summary>A notice, as pushed.</summary>
internal sealed record Notice(string Type, string VideoId, string? NotificationId, int? Percent);
