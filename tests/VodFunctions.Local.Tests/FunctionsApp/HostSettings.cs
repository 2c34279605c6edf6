using System.Text.Json;

namespace VodFunctions.Local.Tests.FunctionsApp;

/// <summary>
/// The settings of host.json that the Functions host (4.x) and the extensions of the app know: the host says nothing about
/// others. The durable ones are those of the options classes of the durable extension, version 3.
/// </summary>
internal static class HostSettings
{
    private const string Any = "*";

    private static readonly Dictionary<string, string[]> s_known = new(StringComparer.OrdinalIgnoreCase)
    {
        [""] = ["version", "extensions", "functionTimeout", "logging", "telemetryMode", "singleton", "healthMonitor", "concurrency"],
        ["extensions"] = ["blobs", "durableTask", "http"],
        ["extensions:blobs"] = ["maxDegreeOfParallelism", "poisonBlobThreshold"],
        ["extensions:http"] = ["routePrefix", "maxOutstandingRequests", "maxConcurrentRequests", "dynamicThrottlesEnabled"],
        ["extensions:durableTask"] =
        [
            "hubName", "storageProvider", "tracing", "notifications", "httpSettings", "defaultVersion", "versionMatchStrategy",
            "versionFailureStrategy", "maxConcurrentActivityFunctions", "maxConcurrentOrchestratorFunctions",
            "maxConcurrentEntityFunctions", "maxEntityOperationBatchSize", "maxOrchestrationActions", "extendedSessionsEnabled",
            "extendedSessionIdleTimeoutInSeconds", "overridableExistingInstanceStates", "entityMessageReorderWindowInMinutes",
            "useGracefulShutdown", "rollbackEntityOperationsOnExceptions", "throwStatusExceptionsOnRaiseEvent", "useAppLease",
            "appLeaseOptions", "storeInputsInOrchestrationHistory", "localRpcEndpointEnabled", "maxGrpcMessageSizeInBytes",
            "grpcHttpClientTimeout",
        ],
        ["extensions:durableTask:tracing"] =
        [
            "traceInputsAndOutputs", "traceReplayEvents", "distributedTracingEnabled", "distributedTracingProtocol", "version",
            "allowVerboseLinuxTelemetry",
        ],
        // Those of both back ends: which one it is, is a setting of the deployment.
        ["extensions:durableTask:storageProvider"] =
        [
            "type", "connectionStringName", "connectionName", "partitionCount", "controlQueueBatchSize",
            "controlQueueBufferThreshold", "controlQueueVisibilityTimeout", "workItemQueueVisibilityTimeout",
            "maxQueuePollingInterval", "trackingStoreConnectionName", "trackingStoreNamePrefix", "fetchLargeMessagesAutomatically",
            "useTablePartitionManagement", "useLegacyPartitionManagement", "useInstanceTableEtag",
            "allowReplayingTerminalInstances", "queueClientMessageEncoding", "workItemFilteringEnabled",
        ],
        // With telemetryMode OpenTelemetry the host does not look at applicationInsights.
        ["logging"] = ["logLevel", "fileLoggingMode", "console"],
        ["logging:logLevel"] = [Any],
        ["logging:console"] = ["isEnabled"],
    };

    private static readonly string[] s_backEnds = ["azureManaged", "azureStorage"];

    /// <summary>The settings that nobody would read where they stand, and values that are none.</summary>
    public static IReadOnlyList<string> MistakesIn(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        var mistakes = new List<string>();
        Walk("", document.RootElement, mistakes);
        return mistakes;
    }

    /// <summary>Whether a path such as <c>extensions:durableTask:hubName</c> is a setting.</summary>
    public static bool Knows(string path)
    {
        int end = path.LastIndexOf(':');
        return s_known.TryGetValue(end < 0 ? "" : path[..end], out string[]? names) && Has(names, path[(end + 1)..]);
    }

    private static bool Has(string[] names, string name) =>
        names.Contains(Any) || names.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static void Walk(string path, JsonElement section, List<string> mistakes)
    {
        foreach (JsonProperty property in section.EnumerateObject())
        {
            string inner = path.Length == 0 ? property.Name : $"{path}:{property.Name}";
            if (!Knows(inner))
            {
                mistakes.Add($"{inner}: nothing reads it there.");
            }
            else if (property.Value.ValueKind == JsonValueKind.Object)
            {
                Walk(inner, property.Value, mistakes);
            }
            else if (!IsValue(inner, property.Value))
            {
                mistakes.Add($"{inner}: {property.Value.GetRawText()} is no value of it.");
            }
        }
    }

    private static bool IsValue(string path, JsonElement value) => path.Split(':')[^1] switch
    {
        "type" => s_backEnds.Contains(value.GetString()),
        "functionTimeout" or "maxQueuePollingInterval" or "workItemQueueVisibilityTimeout" or "controlQueueVisibilityTimeout" =>
            TimeSpan.TryParse(value.GetString(), out TimeSpan time) && time > TimeSpan.Zero,
        "telemetryMode" => value.GetString() is "OpenTelemetry",
        "versionMatchStrategy" => value.GetString() is "None" or "Strict" or "CurrentOrOlder",
        "versionFailureStrategy" => value.GetString() is "Reject" or "Fail",
        "overridableExistingInstanceStates" => value.GetString() is "NonRunningStates",
        string name when name.StartsWith("max", StringComparison.Ordinal) || name == "partitionCount" =>
            value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number > 0,
        string name when name.EndsWith("Enabled", StringComparison.Ordinal) => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => value.ValueKind == JsonValueKind.String,
    };
}
