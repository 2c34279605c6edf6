namespace VodFunctions.Infrastructure.Tests.Hooks;

/// <summary>A blob as the hook uploaded it.</summary>
internal sealed record UploadedFile(string Name, string ContentType, string CacheControl);

/// <summary>The hook that uploads the browser app, in a folder of its own, with tools that write down what they are asked.</summary>
internal sealed class FakeDeployment : IDisposable
{
    private readonly HookFolder _folder = new();

    /// <summary>Sets up a repository whose build leaves these files.</summary>
    public FakeDeployment(params string[] built)
    {
        // Each file holds its own name.
        string dist = Path.Combine(Root, "src", "VodFunctions.Web", "dist");
        _folder.Tool("npm", $"""
            case "$*" in
              *build*)
                for file in {string.Join(' ', built)}; do
                  mkdir -p "$(dirname "{dist}/$file")"
                  printf '%s' "$file" >"{dist}/$file"
                done ;;
            esac
            """);
        _folder.Tool("az", $$"""
            if [ -s '{{Root}}/refusals' ]; then
              sed -i.old 1d '{{Root}}/refusals'
              echo 'You do not have the required permissions' >&2
              exit 1
            fi
            under=''
            while [ $# -gt 0 ]; do
              case $1 in
                --source) source=$2 ;;
                --destination) container=$2 ;;
                --destination-path) under=$2/ ;;
                --pattern) pattern=$2 ;;
                --content-type) type=$2 ;;
                --content-cache-control) cache=$2 ;;
                --auth-mode) [ "$2" = login ] || exit 3 ;;
              esac
              shift
            done
            cd "$source"
            find . -name "$pattern" -type f | sed 's|^\./||' | sort | while read -r file; do
              mkdir -p "$(dirname "{{Root}}/blobs/$container/$under$file")"
              cp "$file" "{{Root}}/blobs/$container/$under$file"
              printf '%s|%s|%s\n' "$container/$under$file" "$type" "$cache" >>'{{Root}}/uploaded'
            done
            """);
    }

    public string Root => _folder.Root;

    /// <summary>What was uploaded, in order.</summary>
    public IReadOnlyList<UploadedFile> Uploaded => File.Exists(Path.Combine(Root, "uploaded"))
        ? [.. File.ReadAllLines(Path.Combine(Root, "uploaded")).Select(line => line.Split('|'))
            .Select(parts => new UploadedFile(parts[0], parts[1], parts[2]))]
        : [];

    /// <summary>What a blob holds.</summary>
    public string Read(string name) => File.ReadAllText(Path.Combine(Root, "blobs", name));

    /// <summary>The next uploads are refused, as while a role is new.</summary>
    public void Refuse(int times) =>
        File.WriteAllText(Path.Combine(Root, "refusals"), string.Concat(Enumerable.Repeat("no\n", times)));

    /// <summary>Runs the hook as azd does.</summary>
    public Task<HookRun> RunAsync(params (string Name, string Value)[] settings)
    {
        (string Name, string Value)[] usual =
        [
            ("AZURE_SUBSCRIPTION_ID", "subscription"), ("VOD_SITE_ACCOUNT", "account"), ("VOD_SITE_CONTAINER", "site"),
            ("VOD_SITE_URL", "https://vod.example"), ("VOD_HOOK_PAUSE_SECONDS", "0"), ("VOD_SIGN_IN_MODULE", ""),
            ("VOD_AUTH_CLIENT_ID", ""), ("VOD_AUTH_AUTHORITY", ""), ("VOD_AUTH_AUDIENCE", ""), ("VOD_AUTH_SCOPE", ""),
        ];
        return _folder.RunAsync("site.sh", usual.Concat(settings));
    }

    public void Dispose() => _folder.Dispose();
}
