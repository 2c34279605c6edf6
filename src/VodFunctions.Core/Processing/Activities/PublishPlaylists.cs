using System.Text;
using VodFunctions.Core.Orchestration;
using VodFunctions.Core.Publishing;
using VodFunctions.Core.Transcoding;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Processing.Activities;

/// <summary>Writes the playlists from what was measured: the media playlists first, the master playlist last.</summary>
public sealed class PublishPlaylists(IMediaStore media, IWorkStore documents, IVideoRecords records)
    : VodActivity<PublishInput, PublishedVideo>
{
    /// <inheritdoc />
    public override async Task<PublishedVideo> RunAsync(PublishInput input, CancellationToken cancellationToken)
    {
        var video = new List<MeasuredTrack>();
        foreach (string name in input.VideoTracks)
        {
            video.Add(await documents.GetAsync<MeasuredTrack>(input.Job, name, cancellationToken));
        }

        MeasuredTrack? audio = input.AudioTrack is null
            ? null
            : await documents.GetAsync<MeasuredTrack>(input.Job, input.AudioTrack, cancellationToken);

        MeasuredTrack[] tracks = audio is null ? [.. video] : [.. video, audio];
        int target = MeasuredRates.TargetDuration(tracks);
        foreach (MeasuredTrack track in tracks)
        {
            await PutAsync($"{track.Name}/{MediaFiles.MediaPlaylist}", MediaPlaylist.Build(track, target));
        }

        foreach (MeasuredTrack track in video)
        {
            await PutAsync($"{track.Name}/{MediaFiles.IFramePlaylist}", IFramePlaylist.Build(track, target));
        }

        // The master makes the video reachable: not for a video that was deleted meanwhile.
        VideoRecord? record = await records.FindAsync(input.Job.VideoId, cancellationToken);
        if (record is { IsDeleted: false })
        {
            await PutAsync(MediaFiles.Master, MasterPlaylist.Build(video, audio, input.AudioLanguage));
        }

        string root = $"{input.Job.VideoId}/{input.Job.Attempt}";
        return new PublishedVideo(
            $"{root}/{MediaFiles.Master}",
            (input.Stills ?? MadeStills.Both).Poster ? $"{root}/{MediaFiles.Poster}" : null,
            (input.Stills ?? MadeStills.Both).Storyboard ? $"{root}/{MediaFiles.StoryboardCues}" : null,
            Math.Round(input.Grid.DurationSeconds, 3),
            [.. video.Select(track => new PublishedRendition(
                track.Name, track.Size!.Value.Width, track.Size.Value.Height, MeasuredRates.Bandwidth(track, audio, target)))]);

        async Task PutAsync(string path, string text)
        {
            using var content = new MemoryStream(Encoding.UTF8.GetBytes(text), writable: false);
            await media.PutAsync(input.Job, path, content, cancellationToken);
        }
    }
}
