namespace VodFunctions.Demo;

/// <summary>Passes on how far it is, and tells of each step forward.</summary>
internal sealed class WatchedView(IDemoView view, Action onStep) : IDemoView
{
    private (string? Phase, double Percent) _last;

    /// <inheritdoc />
    public void Progress(string phase, double percent)
    {
        if ((phase, percent) != _last)
        {
            _last = (phase, percent);
            onStep();
        }

        view.Progress(phase, percent);
    }
}
