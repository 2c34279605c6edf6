using VodFunctions.Testing;


namespace VodFunctions.Local.Tests.Script;

/// <summary>The script in a folder that has nothing else, with tools that only write down what they are asked.</summary>
internal sealed class FakeRepository
{
    private readonly string _bin;
    private readonly string _calls;

    private FakeRepository(string root)
    {
        Root = root;
        _bin = Directory.CreateDirectory(Path.Combine(root, "bin")).FullName;
        _calls = Path.Combine(root, "calls");
    }

    public string Root { get; }

    public string Script => Path.Combine(Root, "dev");

    /// <summary>The calls of <c>dotnet</c>, in order.</summary>
    public IReadOnlyList<string> Calls => File.Exists(_calls) ? File.ReadAllLines(_calls) : [];

    /// <param name="folder">Where to put it.</param>
    /// <param name="lacking">Whether the feed lacks the packages that the app can do without.</param>
    public static FakeRepository Create(string folder, bool lacking = false)
    {
        var fake = new FakeRepository(Directory.CreateDirectory(Path.Combine(folder, "repository")).FullName);
        File.Copy(Repository.File("dev"), fake.Script);
        CopyFolder(Repository.File("tools", "dev"), Path.Combine(fake.Root, "tools", "dev"));
        fake.Write("""{"packages":{}}""", "package-lock.json");
        fake.Write("""{"packages":{}}""", "node_modules", ".package-lock.json");
        fake.Write("page", "src", "VodFunctions.Web", "page.ts");
        Directory.CreateDirectory(Path.Combine(fake.Root, "tests", "e2e"));
        Directory.CreateDirectory(Path.Combine(fake.Root, ".ci"));
        File.Copy(Repository.File(".ci", "run"), Path.Combine(fake.Root, ".ci", "run"));
        File.WriteAllText(
            Path.Combine(fake.Root, "VodFunctions.sln"),
            """
            Project("{1}") = "VodFunctions.Core.Tests", "tests\VodFunctions.Core.Tests\VodFunctions.Core.Tests.csproj", "{2}"
            Project("{1}") = "VodFunctions.Tests", "tests\VodFunctions.Tests\VodFunctions.Tests.csproj", "{3}"
            Project("{1}") = "VodFunctions", "src\VodFunctions\VodFunctions.csproj", "{4}"
            """);
        string feed = Path.Combine(Directory.CreateDirectory(Path.Combine(fake.Root, "src", "VodFunctions", "obj")).FullName, "feed.props");
        fake.Tool("dotnet", $$"""
            [ "$1" = --version ] || printf '%s\n' "$*" >>'{{fake._calls}}'
            case $1 in
              build) echo '<VodAzurePackages>{{(lacking ? "false" : "true")}}</VodAzurePackages>' >'{{feed}}'; [ ! -e '{{fake.Root}}/broken-code' ] ;;
              test)
                printf '<Counters total="2" executed="2" passed="2" failed="0" />' >"{{fake.Root}}/artifacts/test-results/$(basename "$2" .dll).trx" ;;
            esac
            """);
        fake.Tool("npm", $$"""
            printf 'npm %s\n' "$*" >>'{{fake._calls}}'
            case "$*" in
              *' build'*) mkdir -p src/VodFunctions.Web/dist && touch src/VodFunctions.Web/dist/index.html && [ ! -e broken ] ;;
              *' check'*) [ ! -e broken ] ;;
              *' test '*)
                for last; do :; done
                printf '{"numTotalTests":3,"numPassedTests":3,"numFailedTests":0,"numPendingTests":0,"numTodoTests":0}' >"${last#*=}" ;;
            esac
            """);
        fake.Tool("chromium", "exit 0");
        fake.Tool("ffmpeg", "exit 0");
        fake.Tool("ffprobe", "exit 0");
        return fake;
    }

    public (string Name, string Value)[] Environment(string required) =>
    [
        ("PATH", $"{_bin}:{System.Environment.GetEnvironmentVariable("PATH")}"), ("VOD_REQUIRE_FUNCTIONS", required),
        ("VOD_CHROMIUM", Path.Combine(_bin, "chromium")),
    ];

    /// <summary>Writes a file of the repository.</summary>
    public void Write(string text, params string[] path)
    {
        string file = Path.Combine([Root, .. path]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private void Tool(string name, string script) => Tool(_bin, name, script);

    /// <summary>Writes a program into a folder.</summary>
    public static void Tool(string folder, string name, string script)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
