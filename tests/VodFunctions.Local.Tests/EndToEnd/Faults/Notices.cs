using System.Text.Json;
using VodFunctions.Core.Videos;
using VodFunctions.Local.Tests.EndToEnd.Harness;
using Xunit;

namespace VodFunctions.Local.Tests.EndToEnd.Faults;

/// <summary>What these tests ask of the API and of what is pushed.</summary>
internal static class Notices
{
    /// <summary>A ticket, and the content through it.</summary>
    public static async Task<string> UploadAsync(this VodClient client, byte[] content, long? declaredBytes = null)
    {
        Ticket ticket = await client.RequestUploadAsync(declaredBytes ?? Math.Max(1, content.Length));
        await ticket.UploadAsync(content);
        return ticket.VideoId;
    }

    /// <summary>The notice of one attempt.</summary>
    public static async Task<JsonElement> NoticeOfAsync(this NoticeListener listener, string videoId, int attempt)
    {
        PushedNotice? found = null;
        await Until.TrueAsync(
            () => (found = listener.Find(videoId, attempt)) is not null, $"the notice of {videoId}-{attempt} is pushed");
        return found!.Data;
    }

    /// <summary>The notice of one attempt, if it was pushed.</summary>
    public static PushedNotice? Find(this NoticeListener listener, string videoId, int attempt) =>
        listener.Received.FirstOrDefault(notice => notice.IsFinal && notice.VideoId == videoId
            && notice.Data.GetProperty("notificationId").GetString() == $"{videoId}-{attempt}");

    /// <summary>Waits for the job's end.</summary>
    /// <returns>Its code, or none when it is COMPLETED; a code comes with its sentence.</returns>
    public static async Task<string?> EndOfJobAsync(this VodClient client, string videoId)
    {
        await Until.TrueAsync(
            async () => await client.JobStatusAsync(videoId) is "COMPLETED" or "ERROR", $"job {videoId} ends");
        return CodeOf((await client.GetVideoAsync(videoId)).GetProperty("job"));
    }

    /// <summary>The code of a job or of a notice; where there is one, its sentence is there too.</summary>
    public static string? CodeOf(JsonElement from)
    {
        if (!from.TryGetProperty("error", out JsonElement error) || error.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        string code = error.GetProperty("code").GetString()!;
        JobErrorCode known = Enum.Parse<JobErrorCode>(code.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
        Assert.Equal(JobErrorMessages.For(known), error.GetProperty("message").GetString());
        return code;
    }

    /// <summary>The answer to a requeue: its status, and its problem's code.</summary>
    public static async Task<(int Status, string? Code)> TryRequeueAsync(this VodClient admin, string videoId)
    {
        using HttpResponseMessage response = await admin.SendAsync(HttpMethod.Post, $"api/videos/{videoId}/requeue");
        string text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0
            ? null : JsonSerializer.Deserialize<JsonElement>(text) is { ValueKind: JsonValueKind.Object } problem
                && problem.TryGetProperty("code", out JsonElement code) ? code.GetString() : null);
    }
}
