using VodFunctions.Testing.Azurite;
using Xunit;
using Xunit.Abstractions;

namespace VodFunctions.Local.Tests.EndToEnd.Killing;

/// <summary>
/// The host is killed at 36 moments of a job, spread over two hosts that cut the work differently: each time it goes on
/// where it was, does nothing again that was done, and ends with the file set of an undisturbed run.
/// </summary>
[Trait("Category", "Long")]
public sealed class KillWalkTests(AzuriteAccount account, ITestOutputHelper output) : IClassFixture<AzuriteAccount>
{
    [Fact]
    public async Task A_host_killed_at_any_moment_of_a_job_goes_on_where_it_was()
    {
        await using KillWalk walk = await KillWalk.StartAsync(account.ConnectionString, "SharedDecode", output);

        // The journal from the first entry on: upload, probe, transcode, publish, notice.
        await walk.WalkAsync(
        [
            .. Enumerable.Range(0, 8).Select(index => new KillCase(
                (PostAt)(index % 3), KillPoint.Entries(1 + index * (walk.UsualEntries - 8) / 8))),
            new(PostAt.BeforeUpload, KillPoint.At(Milestone.Ticketed)),
            new(PostAt.BeforeUpload, KillPoint.At(Milestone.Posting)),
            new(PostAt.WhileDown, KillPoint.At(Milestone.Uploaded)),
            new(PostAt.WhileDown, KillPoint.Into("Transcode", 0.3)),
            new(PostAt.DuringJob, KillPoint.Into("Transcode", 0.7)),
            new(PostAt.AfterJob, KillPoint.Files(walk.UsualFiles / 2)),
            new(PostAt.BeforeUpload, KillPoint.EndOf("Transcode"), KillPoint.Into("PublishPlaylists")),
            new(PostAt.AfterJob, KillPoint.Into("OpenNotice")),
            new(PostAt.DuringJob, KillPoint.At(Milestone.Pushed)),
            new(PostAt.DuringJob, KillPoint.At(Milestone.Acknowledging), KillPoint.Starting),
        ]);
    }
}

/// <summary>The other half of the walk: every rendition in a process of its own.</summary>
[Trait("Category", "Long")]
public sealed class KillWalkPerRenditionTests(AzuriteAccount account, ITestOutputHelper output) : IClassFixture<AzuriteAccount>
{
    [Fact]
    public async Task A_host_killed_at_any_moment_of_a_job_goes_on_where_it_was()
    {
        await using KillWalk walk = await KillWalk.StartAsync(account.ConnectionString, "PerRendition", output);
        await walk.WalkAsync(
            new(PostAt.DuringJob, KillPoint.At(Milestone.Staged)),
            new(PostAt.BeforeUpload, KillPoint.Into("OpenJob")),
            new(PostAt.AfterJob, KillPoint.Into("ProbeSource", 0.5)),
            new(PostAt.WhileDown, KillPoint.EndOf("ProbeSource")),
            new(PostAt.BeforeUpload, KillPoint.Into("Transcode"), KillPoint.Into("Transcode", 0.5)),
            new(PostAt.DuringJob, KillPoint.Into("TranscodeAudio", 0.5)),
            new(PostAt.DuringJob, KillPoint.Into("MakeStills", 0.4), KillPoint.Starting, KillPoint.Starting),
            new(PostAt.WhileDown, KillPoint.Files(1)),
            new(PostAt.BeforeUpload, KillPoint.Files(walk.UsualFiles - 2)),
            new(PostAt.WhileDown, KillPoint.EndOf("PublishPlaylists")),
            new(PostAt.WhileDown, KillPoint.Into("CloseJob")),
            new(PostAt.DuringJob, KillPoint.EndOf("CloseJob"), KillPoint.Into("CleanUp")),
            new(PostAt.AfterJob, KillPoint.At(Milestone.Posting)),
            new(PostAt.AfterJob, KillPoint.At(Milestone.Posted)),
            new(PostAt.BeforeUpload, KillPoint.Into("PushNotice")),
            new(PostAt.DuringJob, KillPoint.EndOf("PushNotice")),
            new(PostAt.DuringJob, KillPoint.At(Milestone.Acknowledged)),
            new(
                PostAt.BeforeUpload, KillPoint.Entries(3), KillPoint.Into("ProbeSource"), KillPoint.Into("Transcode", 0.6),
                KillPoint.Into("PublishPlaylists"), KillPoint.Into("CleanUp"), KillPoint.At(Milestone.Pushed)));
    }
}
