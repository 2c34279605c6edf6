namespace VodFunctions.Testing;

/// <summary>
/// A table of what every event does in every state, as a person writes it: rows are states, columns events, parted by bars.
/// What is too wide is continued in another block below, with the same rows. No cell may be empty.
/// </summary>
public sealed class StateTable
{
    private readonly Dictionary<(string State, string Event), string> _cells = [];

    /// <summary>Reads blocks, parted by empty lines; the first line of each names its columns.</summary>
    /// <exception cref="FormatException">A cell is missing, or something is there twice.</exception>
    public StateTable(string text)
    {
        foreach (string block in text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            string[][] lines = [.. block.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Split)];
            string[] columns = lines[0][1..];
            string[] states = [.. lines[1..].Select(line => line[0])];
            States = States.Count == 0 || States.SequenceEqual(states)
                ? states
                : throw new FormatException($"The block of '{columns[0]}' has other rows than the first one.");
            Events = [.. Events, .. columns];
            foreach (string[] line in lines[1..])
            {
                AddRow(columns, line);
            }
        }
    }

    /// <summary>The rows.</summary>
    public IReadOnlyList<string> States { get; } = [];

    /// <summary>The columns of all blocks.</summary>
    public IReadOnlyList<string> Events { get; } = [];

    /// <summary>What an event does in a state.</summary>
    public string this[string state, string happening] => _cells[(state, happening)];

    private void AddRow(string[] columns, string[] line)
    {
        if (line.Length != columns.Length + 1 || line.Contains(""))
        {
            throw new FormatException($"The row '{string.Join(" | ", line)}' does not fill the {columns.Length} columns.");
        }

        for (int column = 0; column < columns.Length; column++)
        {
            if (!_cells.TryAdd((line[0], columns[column]), line[column + 1]))
            {
                throw new FormatException($"'{columns[column]}' in '{line[0]}' is there twice.");
            }
        }
    }

    private static string[] Split(string line) => [.. line.Split('|').Select(cell => cell.Trim())];
}
