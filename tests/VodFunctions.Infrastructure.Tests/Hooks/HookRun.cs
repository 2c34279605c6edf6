using Xunit;

namespace VodFunctions.Infrastructure.Tests.Hooks;

/// <summary>How a hook ended, and what it said.</summary>
internal sealed record HookRun(int Code, string Output, string Errors)
{
    /// <summary>What it told to type: the line after "Type:".</summary>
    public string ToType => Errors.Split("Type:\n    ") is [.., var last] && Errors.Contains("Type:\n", StringComparison.Ordinal) ? last.Trim() : "";

    /// <summary>Checks that it ended with what the refused call said, what failed by that, and what to type.</summary>
    public void SaysWhatFailed(string refusedCall, string failed, string type)
    {
        Assert.NotEqual(0, Code);
        Assert.Contains($"ERROR: refused: {refusedCall}", Errors, StringComparison.Ordinal);
        Assert.Contains(failed, Errors, StringComparison.Ordinal);
        Assert.StartsWith(type, ToType, StringComparison.Ordinal);
    }
}
