using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Transcoding;
using Xunit;

namespace VodFunctions.Core.Tests.Settings;

public sealed class VodOptionsValidatorTests
{
    [Fact]
    public void The_defaults_are_valid_and_those_of_the_design()
    {
        VodOptions options = Bind();

        Assert.Equal(314_572_800, options.Uploads.MaxBytes);
        Assert.Equal([720, 480, 240], options.Transcoding.GetLadder().Select(rung => rung.ShortSide));
        Assert.Equal(Packaging.Cmaf, options.Transcoding.Packaging);
        Assert.Equal(4, options.Notifications.GetPushAgainAfter().Count);
    }

    [Fact]
    public void Every_mistake_is_listed_at_once_with_its_setting()
    {
        var exception = Assert.Throws<OptionsValidationException>(() => Bind(
            ("Vod:TimeZone", "Mars/Olympus"),
            ("Vod:Uploads:BlockBytes", "1"),
            ("Vod:Transcoding:SegmentSeconds", "9"),
            ("Vod:Transcoding:AudioBitrate", "loud"),
            ("Vod:Transcoding:Ladder:0:ShortSide", "721"),
            ("Vod:Transcoding:Ladder:0:Bitrate", "much"),
            ("Vod:Retry:MaxAttempts", "0")));

        string[] settings =
        [
            "Vod:TimeZone", "Vod:Uploads:BlockBytes", "Vod:Transcoding:SegmentSeconds", "Vod:Transcoding:AudioBitrate",
            "Vod:Transcoding:Ladder:0:ShortSide", "Vod:Transcoding:Ladder:0:Bitrate", "Vod:Retry:MaxAttempts",
        ];
        Assert.All(settings, setting => Assert.Contains(setting, exception.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_configured_ladder_takes_the_place_of_the_default_one()
    {
        VodOptions options = Bind(
            ("Vod:Transcoding:Ladder:0:ShortSide", "360"), ("Vod:Transcoding:Ladder:0:Bitrate", "900k"));

        Assert.Equal(360, Assert.Single(options.Transcoding.GetLadder()).ShortSide);
    }

    private static VodOptions Bind(params (string Key, string Value)[] settings)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();
        return new ServiceCollection().AddLogging().AddVodCore(configuration).BuildServiceProvider()
            .GetRequiredService<IOptions<VodOptions>>().Value;
    }
}
