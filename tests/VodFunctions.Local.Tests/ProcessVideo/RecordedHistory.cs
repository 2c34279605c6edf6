using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.DurableTask;
using VodFunctions.Local.Durable.Journaling;
using VodFunctions.Local.Durable.Replay;

namespace VodFunctions.Local.Tests.ProcessVideo;

/// <summary>An instance as a released version left it: a file of lines, first the instance, then its history.</summary>
internal sealed record RecordedHistory(string InstanceId, string Orchestration, string Input, IReadOnlyList<JournalEvent> Events)
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Which calls, in which order: what a change of the code must not change.</summary>
    public string Shape => string.Join('\n', Events.Select(entry => $"{entry.Kind} {entry.Number} {entry.Name}"));

    public static RecordedHistory Read(string file)
    {
        string[] lines = File.ReadAllLines(file);
        Head head = JsonSerializer.Deserialize<Head>(lines[0], s_json)!;
        return new(
            head.InstanceId, head.Orchestration, head.Input,
            [.. lines.Skip(1).Select(line => JsonSerializer.Deserialize<JournalEvent>(line, s_json)!)]);
    }

    /// <summary>Writes every instance of a journal, one file for each shape.</summary>
    public static void RecordAll(string folder, IJournalReader journal, JournalDatabase database)
    {
        Directory.CreateDirectory(folder);
        foreach (JournalInstance instance in journal.ListInstances())
        {
            string input = (string)database.Read(connection =>
                connection.Scalar("SELECT input FROM instances WHERE id = @1", instance.Id))!;
            var recorded = new RecordedHistory(instance.Id, instance.Orchestration, input, journal.ReadHistory(instance.Id));
            string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(recorded.Shape)))[..8];
            string outcome = (instance.Output ?? instance.Status.ToString()).Trim('"').ToLowerInvariant();
            File.WriteAllLines(Path.Combine(folder, $"{outcome}-{hash}.jsonl"), recorded.Lines());
        }
    }

    /// <summary>Replays it through the code.</summary>
    /// <exception cref="NonDeterministicOrchestrationException">The code calls something else, or in another order.</exception>
    public ReplayOutcome Replay(ITaskOrchestrator code) =>
        new OrchestrationReplay(code, new PendingStep(1, InstanceId, Orchestration, Input, Events, [], 0), _ => { })
            .Run(RecordedStep.Cut(Events));

    private IEnumerable<string> Lines() =>
    [
        JsonSerializer.Serialize(new Head(InstanceId, Orchestration, Input), s_json),
        .. Events.Select(entry => JsonSerializer.Serialize(entry, s_json)),
    ];

    private sealed record Head(string InstanceId, string Orchestration, string Input);
}
