using VodFunctions.Infrastructure.Tests.Hooks;
using VodFunctions.Testing;
using Xunit;

namespace VodFunctions.Infrastructure.Tests.Workflows;

/// <summary>What the image is built from: the workflow that tests it pins its base images, and the one that deploys takes these.</summary>
public sealed class BaseImageTests : IDisposable
{
    private const string Digest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private readonly HookFolder _folder = new();

    public BaseImageTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Root, ".ci"));
        File.Copy(Repository.File(".ci", "base-images"), Path.Combine(_folder.Root, ".ci", "base-images"));
        File.Copy(Repository.File("Dockerfile"), Dockerfile);
        Docker($"echo '\"sha256:{Digest}\"'");
    }

    private string Dockerfile => Path.Combine(_folder.Root, "Dockerfile");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_base_image_gets_the_digest_that_its_tag_stands_for_and_twice_changes_nothing()
    {
        string[] bases = Froms();
        string[] pinned = [.. (await RunAsync()).Lines];

        Assert.Equal(2, bases.Length);
        Assert.All(bases, image => Assert.Matches("^mcr\\.microsoft\\.com/[a-z/-]+:[\\w.-]*10\\.0$", image));
        Assert.Equal(bases.Order(StringComparer.Ordinal).Select(image => $"{image}@sha256:{Digest}"), pinned);

        Assert.Equal(0, (await RunAsync(["pin", .. pinned])).Code);
        Assert.Equal(bases.Select(image => $"{image}@sha256:{Digest}"), Froms());
        Assert.Contains($"@sha256:{Digest} AS build\n", await File.ReadAllTextAsync(Dockerfile), StringComparison.Ordinal);
        string once = await File.ReadAllTextAsync(Dockerfile);
        Assert.Equal(0, (await RunAsync(["pin", .. pinned])).Code);
        Assert.Equal(once, await File.ReadAllTextAsync(Dockerfile));
    }

    [Fact]
    public async Task Without_a_digest_nothing_is_built()
    {
        string before = await File.ReadAllTextAsync(Dockerfile);
        Docker("echo 'no such manifest' >&2; exit 1");
        Assert.NotEqual(0, (await RunAsync()).Code);
        Docker("echo latest");
        Assert.NotEqual(0, (await RunAsync()).Code);

        Assert.NotEqual(0, (await RunAsync("pin")).Code);
        Assert.NotEqual(0, (await RunAsync("pin", $"mcr.microsoft.com/evil:1@sha256:{Digest}")).Code);
        Assert.Equal(before, await File.ReadAllTextAsync(Dockerfile));
    }

    [Fact]
    public void What_is_deployed_is_built_from_what_was_tested()
    {
        string build = File.ReadAllText(Repository.File(".github", "workflows", "build.yml"));
        string deploy = File.ReadAllText(Repository.File(".github", "workflows", "deploy.yml"));

        Assert.Matches(@"(?s)\.ci/base-images pin \$images.*base-images=\$images.*run: \.ci/container", build);
        Assert.Contains("value: ${{ jobs.container.outputs.base-images }}", build, StringComparison.Ordinal);
        Assert.Matches(
            @"(?s)BASE_IMAGES: \$\{\{ needs\.build\.outputs\.base-images \}\}.*\.ci/base-images pin \$BASE_IMAGES.*run: azd deploy", deploy);
    }

    private string[] Froms() =>
        [.. File.ReadAllLines(Dockerfile).Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1])];

    private void Docker(string script) => _folder.Tool("docker", script);

    private async Task<(int Code, IReadOnlyList<string> Lines)> RunAsync(params string[] arguments)
    {
        HookRun run = await _folder.RunScriptAsync(Path.Combine(".ci", "base-images"), arguments, []);
        return (run.Code, run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
