using VodFunctions.Core.Notifications;
using VodFunctions.Core.Videos;
using Xunit;

namespace VodFunctions.Core.Tests.Notifications;

public sealed class PushIdsTests
{
    [Theory]
    [InlineData("kim")]
    [InlineData("auth0|5f7c8ec7c33c6c004bbafe82")]
    [InlineData("kim@example.org")]
    [InlineData("a.b-c_d~e:f")]
    public void A_plain_subject_is_known_as_itself(string subject) =>
        Assert.Equal(subject, UserId.Parse(subject).ToPushId());

    [Theory]
    [InlineData("tenant/kim")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("kim lee")]
    [InlineData("김")]
    [InlineData("a%2Fb")]
    [InlineData("a?b#c")]
    public void A_subject_that_a_path_cannot_hold_is_known_by_its_hash(string subject) =>
        Assert.Matches("^sha256-[0-9a-f]{64}$", UserId.Parse(subject).ToPushId());

    [Fact]
    public void Nobody_can_pass_for_another_by_being_called_like_a_hash()
    {
        string other = UserId.Parse("tenant/kim").ToPushId();

        Assert.NotEqual(other, UserId.Parse(other).ToPushId());
    }
}
