using System.Globalization;
using System.Text;
using VodFunctions.Core.Videos;

namespace VodFunctions.Testing.InMemory;

/// <summary>A listing by name, as a blob container gives it: names are made so that the newest comes first.</summary>
internal sealed class NewestFirst<T>
{
    private readonly SortedDictionary<string, T> _entries = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public void Put(DateTimeOffset at, string id, T entry)
    {
        lock (_lock)
        {
            _entries[Name(at, id)] = entry;
        }
    }

    public void Remove(DateTimeOffset at, string id)
    {
        lock (_lock)
        {
            _entries.Remove(Name(at, id));
        }
    }

    /// <summary>The cursor is the last name given out, so that what comes in between does not shift the pages.</summary>
    public Page<T> List(string? cursor, int limit)
    {
        string after = cursor is null ? "" : Read(cursor);
        lock (_lock)
        {
            KeyValuePair<string, T>[] found =
                [.. _entries.Where(entry => string.CompareOrdinal(entry.Key, after) > 0).Take(limit + 1)];
            return found.Length > limit
                ? new Page<T>([.. found.Take(limit).Select(entry => entry.Value)], Write(found[limit - 1].Key))
                : new Page<T>([.. found.Select(entry => entry.Value)], null);
        }
    }

    private static string Name(DateTimeOffset at, string id) =>
        (DateTimeOffset.MaxValue.UtcTicks - at.UtcTicks).ToString("D19", CultureInfo.InvariantCulture) + "-" + id;

    private static string Write(string name) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(name));

    private static string Read(string cursor)
    {
        string name = Encoding.UTF8.GetString(Convert.FromHexString(cursor));
        return name.Length > 20 && name[19] == '-' ? name : throw new FormatException("Not a cursor.");
    }
}
