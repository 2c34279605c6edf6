using Xunit;

namespace VodFunctions.Demo.Tests;

/// <summary>A long film may take hours; a job that stands still may not.</summary>
public sealed class WatchedViewTests
{
    [Fact]
    public void Each_step_forward_is_told_and_standing_still_is_not()
    {
        int steps = 0;
        var output = new StringWriter();
        var view = new WatchedView(new PlainView(output), () => steps++);

        foreach ((string phase, double percent) in new[]
        {
            ("upload", 0.0), ("upload", 100), ("process", 0), ("process", 0), ("process", 0.1), ("process", 0.1), ("process", 100),
        })
        {
            view.Progress(phase, percent);
        }

        Assert.Equal(5, steps);
        Assert.Equal(["upload 0 %", "upload 100 %", "process 0 %", "process 100 %"], output.ToString().Trim().Split('\n'));
    }
}
