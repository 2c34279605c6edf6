using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using VodFunctions.Core.Json;
using VodFunctions.Core.Notifications;
using VodFunctions.Core.Videos;

namespace VodFunctions.Api.Json;

/// <summary>The API's dialect of <see cref="VodJson"/>: members that the contract calls nullable are there as null.</summary>
public static class ApiJson
{
    private const int MaxRequestDepth = 8;

    // A notice is listed as it is pushed, and `error?` is absent where there is none.
    private static readonly Type[] s_withoutNulls = [typeof(JobView), typeof(Notice)];

    /// <summary>For answers. Read only.</summary>
    public static JsonSerializerOptions Responses { get; } = CreateForResponses();

    /// <summary>For request bodies: strict about types, duplicates and depth; unknown members are ignored. Read only.</summary>
    public static JsonSerializerOptions Requests { get; } = CreateForRequests();

    private static JsonSerializerOptions CreateForResponses()
    {
        var options = new JsonSerializerOptions(VodJson.Options)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.Never,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutNulls } },
        };
        options.MakeReadOnly();
        return options;
    }

    private static JsonSerializerOptions CreateForRequests()
    {
        var options = new JsonSerializerOptions(VodJson.Options)
        {
            MaxDepth = MaxRequestDepth,
            AllowDuplicateProperties = false,
            NumberHandling = JsonNumberHandling.Strict,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private static void LeaveOutNulls(JsonTypeInfo type)
    {
        if (s_withoutNulls.Contains(type.Type))
        {
            foreach (JsonPropertyInfo property in type.Properties)
            {
                property.ShouldSerialize = (_, value) => value is not null;
            }
        }
    }
}
