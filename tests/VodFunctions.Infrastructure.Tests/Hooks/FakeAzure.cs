namespace VodFunctions.Infrastructure.Tests.Hooks;

/// <summary>
/// The hooks in a repository of their own, with an az, an azd, a curl and an npm that write down what they are asked, keep what
/// they are given, and fail where they are told to.
/// </summary>
internal sealed class FakeAzure : IDisposable
{
    /// <summary>The key of the host's document: Base64, with each letter that a query has a meaning for.</summary>
    public const string Key = "aB+/cd==";

    private static readonly Dictionary<string, string> s_settings = new()
    {
        ["AZURE_ENV_NAME"] = "prod",
        ["AZURE_SUBSCRIPTION_ID"] = "subscription-1",
        ["AZURE_RESOURCE_GROUP"] = "rg-vod-prod",
        ["VOD_API_APP"] = "ca-vod-api-1",
        ["VOD_API_URL"] = "https://api.example",
        ["VOD_HOST_ACCOUNT"] = "stvodhost1",
        ["VOD_EVENT_TOPIC"] = "evgt-vod-1",
        ["VOD_DEAD_LETTER_ACCOUNT_ID"] = "/subscriptions/subscription-1/accounts/stvodhost1",
        ["VOD_DEAD_LETTER_CONTAINER"] = "event-dead-letters",
        ["VOD_SITE_ACCOUNT"] = "stvodmedia1",
        ["VOD_SITE_CONTAINER"] = "site",
        ["VOD_SITE_URL"] = "https://site.example",
        ["VOD_SIGN_IN_MODULE"] = "",
        ["VOD_AUTH_CLIENT_ID"] = "",
        ["VOD_BUDGET_START"] = "",
        ["VOD_EVENT_KEY"] = "",
        ["VOD_HOOK_PATIENCE_SECONDS"] = "0",
        ["VOD_HOOK_PAUSE_SECONDS"] = "0",
    };

    private readonly HookFolder _folder = new();

    public FakeAzure()
    {
        Directory.CreateDirectory(Path.Combine(Root, "state"));
        File.WriteAllText(Path.Combine(Root, "failures"), "");
        HostKeys($$"""{"systemKeys":[{"name":"other","value":"no"},{"name":"blobs_extension","value":"{{Key}}","encrypted":false}]}""");

        Tool("az", """
            case "$*" in
              rest*) cat "$root/state/budget" 2>/dev/null || { echo "ERROR: (ResourceGroupNotFound) Not Found" >&2; exit 3; } ;;
              *'blob download '*)
                until [ "$1" = --file ]; do shift; done
                cp "$root/state/host.json" "$2" || exit 3 ;;
              *'deployment group create '*)
                until [ "$1" = --parameters ]; do shift; done
                cp "${2#@}" "$root/state/subscription.json"
                echo Succeeded ;;
              *upload-batch*)
                until [ "$1" = --source ]; do shift; done
                mkdir -p "$root/state/site" && cp -R "$2/." "$root/state/site/" ;;
            esac
            """);
        Tool("azd", """printf '%s=%s\n' "$3" "$4" >"$root/state/env" """);
        Tool("curl", "");
        Tool("npm", """
            case "$*" in *build*) mkdir -p "$root/src/VodFunctions.Web/dist" && echo page >"$root/src/VodFunctions.Web/dist/index.html" ;; esac
            """);
    }

    public string Root => _folder.Root;

    /// <summary>What the tools were asked, a line for each call.</summary>
    public string Calls => File.Exists(Path.Combine(Root, "calls")) ? File.ReadAllText(Path.Combine(Root, "calls")) : "";

    /// <inheritdoc cref="HookFolder.LeftBehind" />
    public IEnumerable<string> LeftBehind => _folder.LeftBehind;

    /// <summary>Everything that the tools keep: file by file, its content.</summary>
    public IReadOnlyDictionary<string, string> State => Directory
        .EnumerateFiles(Path.Combine(Root, "state"), "*", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetRelativePath(Path.Combine(Root, "state"), file), File.ReadAllText);

    /// <summary>Every call that contains this text fails, with a message.</summary>
    public void Refuse(string call) => File.AppendAllText(Path.Combine(Root, "failures"), call + "\n");

    /// <summary>There is a budget, which began on that day.</summary>
    public void Budget(string start) => File.WriteAllText(Path.Combine(Root, "state", "budget"), $"{start}T00:00:00Z\n");

    /// <summary>What the host has written into its container of keys; none: nothing yet.</summary>
    public void HostKeys(string? json)
    {
        string path = Path.Combine(Root, "state", "host.json");
        File.Delete(path);
        if (json is not null)
        {
            File.WriteAllText(path, json);
        }
    }

    /// <summary>Runs a hook as azd does.</summary>
    /// <param name="name">Of its file.</param>
    /// <param name="settings">Differences from the settings of a deployment; an empty value takes one away.</param>
    public Task<HookRun> RunAsync(string name, params (string Name, string Value)[] settings) =>
        _folder.RunAsync(name, s_settings.Select(pair => (pair.Key, pair.Value)).Concat(settings));

    public void Dispose() => _folder.Dispose();

    private void Tool(string name, string script) => _folder.Tool(name, $"""
        root='{Root}'
        printf '%s\n' "{name} $*" >>"$root/calls"
        while read -r call; do
          case "{name} $*" in *"$call"*) echo "ERROR: refused: $call" >&2; exit 1 ;; esac
        done <"$root/failures"
        {script}
        exit 0
        """);
}
