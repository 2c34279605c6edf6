using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace VodFunctions.Api.Tests.Contract;

/// <summary>
/// Checks a value against the part of JSON Schema 2020-12 that the document uses; a keyword it does not know fails. Stricter
/// than the standard in one thing: a member that the schema does not name is a mistake.
/// </summary>
internal sealed class JsonSchemaChecker(JsonElement document)
{
    private static readonly HashSet<string> s_notes =
        ["description", "format", "examples", "example", "default", "additionalProperties"];

    public IReadOnlyList<string> Check(JsonElement schema, JsonElement value)
    {
        var mistakes = new List<string>();
        Check(schema, value, "$", mistakes, inAllOf: false);
        return mistakes;
    }

    public JsonElement Resolve(JsonElement schema)
    {
        while (schema.TryGetProperty("$ref", out JsonElement reference))
        {
            schema = document;
            foreach (string step in reference.GetString()!.TrimStart('#', '/').Split('/'))
            {
                schema = schema.GetProperty(step);
            }
        }

        return schema;
    }

    private void Check(JsonElement schema, JsonElement value, string at, List<string> mistakes, bool inAllOf)
    {
        schema = Resolve(schema);
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            if (!s_notes.Contains(keyword.Name))
            {
                CheckKeyword(keyword.Name, keyword.Value, value, at, mistakes);
            }
        }

        bool open = schema.TryGetProperty("additionalProperties", out JsonElement more) && more.GetBoolean();
        if (value.ValueKind == JsonValueKind.Object && !inAllOf && !open && !schema.TryGetProperty("oneOf", out _))
        {
            var named = Members(schema).ToHashSet();
            mistakes.AddRange(value.EnumerateObject().Where(member => !named.Contains(member.Name))
                .Select(member => $"{at}.{member.Name}: not in the schema"));
        }
    }

    private void CheckKeyword(string keyword, JsonElement rule, JsonElement value, string at, List<string> mistakes)
    {
        bool holds = true;
        switch (keyword)
        {
            case "type":
                holds = rule.ValueKind == JsonValueKind.Array
                    ? rule.EnumerateArray().Any(type => IsOf(type.GetString()!, value))
                    : IsOf(rule.GetString()!, value);
                break;
            case "enum":
                holds = rule.EnumerateArray().Any(allowed => JsonElement.DeepEquals(allowed, value));
                break;
            case "const":
                holds = JsonElement.DeepEquals(rule, value);
                break;
            case "pattern":
                holds = value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, rule.GetString()!);
                break;
            case "minLength":
                holds = value.ValueKind != JsonValueKind.String || value.GetString()!.Length >= rule.GetInt32();
                break;
            case "maxLength":
                holds = value.ValueKind != JsonValueKind.String || value.GetString()!.Length <= rule.GetInt32();
                break;
            case "minimum":
                holds = value.ValueKind != JsonValueKind.Number || value.GetDecimal() >= rule.GetDecimal();
                break;
            case "maximum":
                holds = value.ValueKind != JsonValueKind.Number || value.GetDecimal() <= rule.GetDecimal();
                break;
            case "required":
                mistakes.AddRange(rule.EnumerateArray()
                    .Where(name => value.ValueKind == JsonValueKind.Object && !value.TryGetProperty(name.GetString()!, out _))
                    .Select(name => $"{at}.{name.GetString()}: missing"));
                break;
            case "properties":
                CheckMembers(rule, value, at, mistakes);
                break;
            case "items":
                CheckItems(rule, value, at, mistakes);
                break;
            case "allOf":
                foreach (JsonElement part in rule.EnumerateArray())
                {
                    Check(part, value, at, mistakes, inAllOf: true);
                }

                break;
            case "oneOf":
                holds = rule.EnumerateArray().Count(part => Check(part, value).Count == 0) == 1;
                break;
            default:
                throw new NotSupportedException($"{at}: the keyword {keyword}");
        }

        if (!holds)
        {
            mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"{at}: {keyword} {rule} does not hold for {value}"));
        }
    }

    private void CheckMembers(JsonElement members, JsonElement value, string at, List<string> mistakes)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in members.EnumerateObject())
            {
                if (value.TryGetProperty(member.Name, out JsonElement found))
                {
                    Check(member.Value, found, $"{at}.{member.Name}", mistakes, inAllOf: false);
                }
            }
        }
    }

    private void CheckItems(JsonElement schema, JsonElement value, string at, List<string> mistakes)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            int index = 0;
            foreach (JsonElement item in value.EnumerateArray())
            {
                Check(schema, item, $"{at}[{index++}]", mistakes, inAllOf: false);
            }
        }
    }

    private IEnumerable<string> Members(JsonElement schema)
    {
        schema = Resolve(schema);
        IEnumerable<string> own = schema.TryGetProperty("properties", out JsonElement properties)
            ? properties.EnumerateObject().Select(member => member.Name)
            : [];
        return schema.TryGetProperty("allOf", out JsonElement parts)
            ? own.Concat(parts.EnumerateArray().SelectMany(Members))
            : own;
    }

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "null" => value.ValueKind == JsonValueKind.Null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => throw new NotSupportedException(type),
    };
}
