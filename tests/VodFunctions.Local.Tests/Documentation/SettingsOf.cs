using System.Collections;
using System.Globalization;
using System.Reflection;
using VodFunctions.Api.Settings;
using VodFunctions.BlobStorage.Settings;
using VodFunctions.Core.Settings;
using VodFunctions.Local.Durable;
using VodFunctions.Local.Hosting;
using VodFunctions.WebPubSubEmulator;

namespace VodFunctions.Local.Tests.Documentation;

/// <summary>All settings of the product with their defaults, read off the options classes.</summary>
internal static class SettingsOf
{
    private static readonly Assembly[] s_assemblies =
    [
        typeof(VodOptions).Assembly, typeof(StorageOptions).Assembly, typeof(ApiOptions).Assembly, typeof(LocalOptions).Assembly,
        typeof(EmulatorOptions).Assembly,
    ];

    /// <summary>Every bound class, by its section. Found by its constant <c>Section</c>.</summary>
    public static IReadOnlyDictionary<Type, string> Sections { get; } = s_assemblies
        .SelectMany(assembly => assembly.GetTypes())
        .Select(type => (Type: type, Section: type.GetField("Section")?.GetRawConstantValue() as string))
        .Where(found => found.Section is not null)
        .ToDictionary(found => found.Type, found => found.Section!);

    /// <summary>Classes that look like settings and belong to no section: set by code only.</summary>
    public static IEnumerable<Type> Unbound { get; } =
    [
        .. s_assemblies.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsPublic && type.Name.EndsWith("Options", StringComparison.Ordinal))
            .Where(type => !Sections.ContainsKey(type) && type.Namespace != typeof(VodOptions).Namespace)
            .Where(type => type != typeof(DurableRunnerOptions)),
    ];

    /// <summary>Setting and default, as both are written in configuration; "none" for nothing.</summary>
    public static SortedDictionary<string, string> All()
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((Type type, string section) in Sections)
        {
            Add(section, Activator.CreateInstance(type)!, found);
        }

        // Lists whose default is not in the list, because configuration adds to a list.
        var vod = new VodOptions();
        var ladder = vod.Transcoding.GetLadder();
        found["Vod:Transcoding:Ladder:n:ShortSide"] = Join(ladder.Select(rung => rung.ShortSide));
        found["Vod:Transcoding:Ladder:n:Bitrate"] = Join(ladder.Select(rung => rung.Bitrate));
        found["Vod:Notifications:PushAgainAfter:n"] = Join(vod.Notifications.GetPushAgainAfter());
        return found;
    }

    private static void Add(string path, object options, SortedDictionary<string, string> found)
    {
        foreach (PropertyInfo property in options.GetType().GetProperties())
        {
            string name = $"{path}:{property.Name}";
            object? value = property.GetValue(options);
            if (value is IList list)
            {
                Type item = property.PropertyType.GetGenericArguments()[0];
                if (IsSection(item))
                {
                    Add($"{name}:n", Activator.CreateInstance(item)!, found);
                }
                else
                {
                    found[$"{name}:n"] = Join(list.Cast<object>());
                }
            }
            else if (IsSection(property.PropertyType))
            {
                Add(name, value!, found);
            }
            else
            {
                found[name] = Text(value);
            }
        }
    }

    private static bool IsSection(Type type) =>
        type.IsClass && type != typeof(string) && type != typeof(Uri) && s_assemblies.Contains(type.Assembly);

    private static string Join<T>(IEnumerable<T> values) =>
        string.Join(", ", values.Select(value => Text(value))) is { Length: > 0 } text ? text : "none";

    private static string Text(object? value) => value switch
    {
        null or "" => "none",
        bool flag => flag ? "true" : "false",
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
