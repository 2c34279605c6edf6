using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VodFunctions.Core.Notifications;
using VodFunctions.Core.Videos;
using VodFunctions.Hosting;
using VodFunctions.Tests.Support;
using Xunit;

namespace VodFunctions.Tests.Hosting;

/// <summary>The app as it is wired.</summary>
public sealed class AppTests
{
    public static TheoryData<bool> Places { get; } = [true, false];

    [Theory]
    [MemberData(nameof(Places))]
    public void Every_function_can_be_made_of_what_is_wired(bool azure)
    {
        using ServiceProvider services = WiredApp.With(azure ? WiredApp.Azure : WiredApp.Laptop);

        services.GetRequiredService<IStartupValidator>().Validate();
        foreach (Type type in Functions.All.Values.Select(method => method.DeclaringType!).Distinct().Where(type => !type.IsAbstract))
        {
            Assert.NotNull(ActivatorUtilities.CreateInstance(services, type));
        }

        Assert.NotNull(services.GetRequiredService<INotificationChannel>());
    }

    [Fact]
    public async Task A_laptops_notices_go_through_the_hub_of_the_connection_string()
    {
        await using ServiceProvider services = WiredApp.With([.. WiredApp.Laptop, ("VodWebPubSub:Hub", "others")]);

        Uri url = await services.GetRequiredService<INotificationChannel>()
            .GetClientUrlAsync(UserId.Parse("kim"), TimeSpan.FromMinutes(5), default);

        Assert.Equal("ws://localhost:7072/client/hubs/others", url.GetLeftPart(UriPartial.Path));
    }

    [Theory]
    [InlineData("VodWebPubSub is missing: a connection string, or VodWebPubSub__Endpoint.", "VodWebPubSub:Endpoint", null)]
    [InlineData("VodWebPubSub__Endpoint must be an https URL", "VodWebPubSub:Endpoint", "http://push.webpubsub.azure.com")]
    [InlineData("Hub", "VodWebPubSub:Hub", "")]
    [InlineData("Vod:Role", "Vod:Role", "Nobody")]
    [InlineData("Role", "Vod:Role", "7")]
    [InlineData("Vod:UploadSource", "Vod:UploadSource", "Nothing")]
    [InlineData("Vod:Auth:Authority: must be an https URL.", "Vod:Auth:Authority", "http://site.test")]
    [InlineData("Vod:Auth:Audience: must not be empty.", "Vod:Auth:Audience", "")]
    public void A_wrong_setting_keeps_the_app_from_starting_and_is_named(string words, string key, string? value)
    {
        using ServiceProvider services = WiredApp.With([.. WiredApp.Azure.Where(setting => setting.Key != key), (key, value)]);

        Exception failure = Assert.ThrowsAny<Exception>(services.GetRequiredService<IStartupValidator>().Validate);

        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_killed_process_left_in_the_work_folder_is_gone_after_the_start()
    {
        string root = Directory.CreateTempSubdirectory("vod-app-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(root, "run-1", "out"));
            await using ServiceProvider services = WiredApp.With([.. WiredApp.Laptop, ("Vod:Transcoding:WorkFolder", root)]);

            await ActivatorUtilities.CreateInstance<WorkFolderPreparation>(services).StartAsync(default);

            Assert.Empty(Directory.GetFileSystemEntries(root));
            Assert.Equal(typeof(WorkFolderPreparation), WiredApp.Starting[0]);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public void Every_wrong_setting_is_named_at_once()
    {
        using ServiceProvider services = WiredApp.With([("Vod:Storage:ConnectionString", "UseDevelopmentStorage=true")]);

        Exception failure = Assert.ThrowsAny<Exception>(services.GetRequiredService<IStartupValidator>().Validate);

        string all = failure.ToString();
        Assert.Contains("VodWebPubSub is missing", all, StringComparison.Ordinal);
        Assert.Contains("Vod:Auth:Authority", all, StringComparison.Ordinal);
    }

    /// <summary>Those of the other projects are compared with each other by a test of the one-machine host.</summary>
    [Fact]
    public void The_apps_log_events_have_ids_of_their_own_from_6000_to_6099()
    {
        const BindingFlags All =
            BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        int[] ids =
        [
            .. typeof(VodFunctionsBuilder).Assembly.GetTypes().SelectMany(type => type.GetMethods(All))
                .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId ?? 0).Where(id => id != 0),
        ];

        Assert.NotEmpty(ids);
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(ids, id => Assert.InRange(id, 6000, 6099));
    }
}
