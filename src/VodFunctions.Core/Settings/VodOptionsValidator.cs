using System.Collections;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using VodFunctions.Core.Media;

namespace VodFunctions.Core.Settings;

/// <summary>Checks all of <see cref="VodOptions"/> at start and lists every mistake at once, each with its setting's name.</summary>
public sealed class VodOptionsValidator : IValidateOptions<VodOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, VodOptions options)
    {
        var mistakes = new List<string>();
        Annotations(options, VodOptions.Section, mistakes);
        Rules(options, mistakes);
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static void Annotations(object section, string path, List<string> mistakes)
    {
        var found = new List<ValidationResult>();
        Validator.TryValidateObject(section, new ValidationContext(section), found, validateAllProperties: true);
        mistakes.AddRange(found.Select(mistake => $"{path}:{mistake.MemberNames.First()}: {mistake.ErrorMessage}"));

        foreach (var property in section.GetType().GetProperties())
        {
            object? value = property.GetValue(section);
            if (value is IList list)
            {
                for (int index = 0; index < list.Count; index++)
                {
                    if (IsSection(list[index]))
                    {
                        Annotations(list[index]!, $"{path}:{property.Name}:{index}", mistakes);
                    }
                }
            }
            else if (IsSection(value))
            {
                Annotations(value!, $"{path}:{property.Name}", mistakes);
            }
        }
    }

    private static bool IsSection(object? value) => value?.GetType().Namespace == typeof(VodOptions).Namespace;

    private static void Rules(VodOptions options, List<string> mistakes)
    {
        TranscodingOptions transcoding = options.Transcoding;
        Check(TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out _), "Vod:TimeZone: no such time zone.");
        Check(transcoding.SegmentSeconds % 2 == 0, "Vod:Transcoding:SegmentSeconds: must be even (a keyframe every 2 s).");
        Check(Bitrate.TryParse(transcoding.AudioBitrate, null, out Bitrate audio)
            && audio.Kilobits is >= 32 and <= 512, "Vod:Transcoding:AudioBitrate: not a bitrate from 32k to 512k.");
        Check(options.Limits.MinDuration < options.Limits.MaxDuration, "Vod:Limits: MinDuration must be below MaxDuration.");
        Check(options.Notifications.PushAgainAfter.All(wait => wait > TimeSpan.Zero),
            "Vod:Notifications:PushAgainAfter: every wait must be above zero.");
        Check(options.Retention.UnpostedMedia >= options.Notifications.PostExpiry,
            "Vod:Retention:UnpostedMedia: must not be below Vod:Notifications:PostExpiry.");

        for (int index = 0; index < transcoding.Ladder.Count; index++)
        {
            RungOptions rung = transcoding.Ladder[index];
            Check(rung.ShortSide % 2 == 0, $"Vod:Transcoding:Ladder:{index}:ShortSide: must be even.");
            Check(Bitrate.TryParse(rung.Bitrate, null, out _), $"Vod:Transcoding:Ladder:{index}:Bitrate: not a bitrate such as 4M.");
        }

        void Check(bool holds, string mistake)
        {
            if (!holds)
            {
                mistakes.Add(mistake);
            }
        }
    }
}
