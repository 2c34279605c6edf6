using Spectre.Console;

namespace VodFunctions.Demo;

/// <summary>For a terminal: a bar for each phase.</summary>
internal sealed class BarView(ProgressContext context) : IDemoView
{
    private readonly Dictionary<string, ProgressTask> _bars = [];

    /// <summary>Runs something with bars that are drawn until it ends.</summary>
    public static Task<T> RunAsync<T>(Func<IDemoView, Task<T>> action) => AnsiConsole.Progress()
        .AutoClear(false)
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
        .StartAsync(context => action(new BarView(context)));

    /// <inheritdoc />
    public void Progress(string phase, double percent)
    {
        if (!_bars.TryGetValue(phase, out ProgressTask? bar))
        {
            _bars[phase] = bar = context.AddTask(Markup.Escape(phase));
        }

        bar.Value = Math.Max(bar.Value, percent);
    }
}
