using Azure;
using Azure.Core;
using Azure.Messaging.WebPubSub;
using Moq;
using VodFunctions.Core.Notifications;
using VodFunctions.Core.Videos;
using VodFunctions.Notifications;
using Xunit;

namespace VodFunctions.Tests.Notifications;

public sealed class WebPubSubNotificationChannelTests
{
    private static readonly UserId s_plain = UserId.Parse("alice");
    private static readonly UserId s_slash = UserId.Parse("site/alice 앨리스");

    private readonly Mock<WebPubSubServiceClient> _service = new();

    public static TheoryData<string> Users { get; } = [s_plain.ToString(), s_slash.ToString()];

    [Theory]
    [MemberData(nameof(Users))]
    public async Task A_notice_goes_as_JSON_to_the_users_push_id_with_the_callers_token(string name)
    {
        UserId user = UserId.Parse(name);
        using var stop = new CancellationTokenSource();
        (string User, string Body, ContentType Type, CancellationToken Token)? sent = null;
        _service.Setup(service => service.SendToUserAsync(
                It.IsAny<string>(), It.IsAny<RequestContent>(), It.IsAny<ContentType>(), It.IsAny<RequestContext>()))
            .Callback((string to, RequestContent content, ContentType type, RequestContext context) =>
                sent = (to, Read(content), type, context.CancellationToken))
            .ReturnsAsync(Mock.Of<Response>());

        await new WebPubSubNotificationChannel(_service.Object).SendToUserAsync(user, """{"text":"끝"}""", stop.Token);

        Assert.Equal((user.ToPushId(), """{"text":"끝"}""", ContentType.ApplicationJson, stop.Token), sent);
        Assert.Single(_service.Invocations);
    }

    [Theory]
    [MemberData(nameof(Users))]
    public async Task A_client_URL_is_for_that_user_for_that_time_and_grants_nothing_else(string name)
    {
        UserId user = UserId.Parse(name);
        var url = new Uri("wss://push.test/client/hubs/notices?access_token=x");
        _service.SetReturnsDefault(Task.FromResult(url));

        Uri answer = await new WebPubSubNotificationChannel(_service.Object)
            .GetClientUrlAsync(user, TimeSpan.FromMinutes(7), default);

        Assert.Equal(url, answer);
        IReadOnlyList<object?> arguments = Assert.Single(_service.Invocations).Arguments;
        Assert.Equal(TimeSpan.FromMinutes(7), arguments[0]);
        Assert.Equal(user.ToPushId(), arguments[1]);
        Assert.Empty(Assert.IsAssignableFrom<IEnumerable<string>>(arguments[2]));
        Assert.Empty(Assert.IsAssignableFrom<IEnumerable<string>>(arguments[3]));
    }

    [Fact]
    public async Task A_service_that_refuses_is_an_error()
    {
        _service.Setup(service => service.SendToUserAsync(
                It.IsAny<string>(), It.IsAny<RequestContent>(), It.IsAny<ContentType>(), It.IsAny<RequestContext>()))
            .ThrowsAsync(new RequestFailedException(429, "too many"));

        await Assert.ThrowsAsync<RequestFailedException>(
            () => new WebPubSubNotificationChannel(_service.Object).SendToUserAsync(s_plain, "{}", default));
    }

    private static string Read(RequestContent content)
    {
        using var bytes = new MemoryStream();
        content.WriteTo(bytes, default);
        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }
}
