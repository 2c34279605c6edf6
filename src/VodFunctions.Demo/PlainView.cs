using System.Globalization;

namespace VodFunctions.Demo;

/// <summary>For a pipe or a log: one line a quarter.</summary>
internal sealed class PlainView(TextWriter output) : IDemoView
{
    private const double Step = 25;

    private readonly Dictionary<string, double> _shown = [];

    /// <inheritdoc />
    public void Progress(string phase, double percent)
    {
        double quarter = Math.Floor(percent / Step) * Step;
        if (!_shown.TryGetValue(phase, out double shown) || quarter > shown)
        {
            _shown[phase] = quarter;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{phase} {quarter:0} %"));
        }
    }
}
