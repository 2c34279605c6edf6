using System.Text.RegularExpressions;
using Microsoft.DurableTask;
using VodFunctions.Testing.Azurite;
using Xunit;

namespace VodFunctions.Core.Tests.Orchestration;

/// <summary>The first of the two guards of determinism: the build. The second is the runner, which compares two replays.</summary>
public sealed partial class BannedApiTests
{
    private static readonly string[] s_sins =
    [
        "DateTime.UtcNow", "DateTime.Now", "DateTimeOffset.UtcNow", "TimeProvider.System", "Environment.TickCount64",
        "System.Diagnostics.Stopwatch.GetTimestamp()",
        "new Random()", "Random.Shared", "Guid.NewGuid()", "Guid.CreateVersion7()",
        "System.Security.Cryptography.RandomNumberGenerator.GetInt32(9)",
        "Task.Delay(1)", "Task.Delay(TimeSpan.Zero)", "new CancellationTokenSource(1)",
        "Task.Run(() => { })", "Task.Run(() => 1)", "Task.Run(async () => await context.WaitForExternalEvent<object>(input))",
        "Task.Factory.StartNew(() => 1)", "ThreadPool.QueueUserWorkItem(_ => { })", "new Thread(() => { })",
    ];

    [Fact]
    [Trait("Category", "Long")]
    public async Task An_orchestration_that_uses_the_clock_randomness_or_threads_does_not_build()
    {
        using var build = new GuardedBuild();
        build.Add("Sinner.cs", Orchestration("Sinner", s_sins.Select(sin => $"Use({sin});")));
        build.Add("Saint.cs", Orchestration("Saint", ["Use(context.CurrentUtcDateTime);", "Use(input);"]));

        (int code, string output) = await build.BuildAsync();

        Assert.True(code != 0, output);
        int first = FirstLine();
        string[] errors = [.. ErrorLine().Matches(output).Select(match => match.Result("$1 line $2: $3"))];
        Assert.All(s_sins, (_, index) => Assert.Contains($"Sinner.cs line {first + index}: RS0030", errors));
        Assert.All(errors, error => Assert.StartsWith("Sinner.cs", error, StringComparison.Ordinal));
        Assert.All(errors, error => Assert.Matches("(RS0030|DURABLE00\\d\\d)$", error));
        Assert.Contains($"Sinner.cs line {first}: DURABLE0001", errors);
    }

    [Fact]
    public void Every_orchestration_is_in_the_project_that_the_build_guards()
    {
        string source = Path.Combine(RepositoryRoot.Path, "src");
        string guarded = Path.Combine(source, "VodFunctions.Core") + Path.DirectorySeparatorChar;
        string[] files =
        [
            .. Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
                .Where(file => DefinesOrchestration().IsMatch(File.ReadAllText(file))),
        ];

        Assert.Contains(files, file => file.EndsWith("ProcessVideo.cs", StringComparison.Ordinal));
        string only = Assert.Single(files, file => !file.StartsWith(guarded, StringComparison.Ordinal));

        // The function hands its context over and does nothing else; the engine's own analyzers guard it.
        Assert.Equal(Path.Combine(source, "VodFunctions", "Processing", "ProcessVideoFunction.cs"), only);
        string body = Body().Match(File.ReadAllText(only)).Groups[1].Value;
        Assert.Equal("s_code.RunAsync(context, input);", body.Trim());
    }

    [Fact]
    public void The_guard_is_lifted_only_where_no_orchestration_goes()
    {
        string core = Path.Combine(RepositoryRoot.Path, "src", "VodFunctions.Core");
        IEnumerable<string> lifted = Directory.EnumerateFiles(core, "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("RS0030", StringComparison.Ordinal))
            .Select(file => Path.GetFileName(file));

        // The clock's registration, the ids' source, a stopwatch around an encoder: all outside of what is replayed.
        Assert.Equal(
            ["CryptoIdGenerator.cs", "VodCoreServiceExtensions.cs", "VodTelemetry.cs"],
            lifted.Order(StringComparer.Ordinal));
    }

    private static string Orchestration(string name, IEnumerable<string> statements) => $$"""
        using Microsoft.DurableTask;

        namespace VodFunctions.Core;

        internal sealed class {{name}} : {{nameof(TaskOrchestrator<,>)}}<string, string>
        {
            public override Task<string> RunAsync({{nameof(TaskOrchestrationContext)}} context, string input)
            {
                {{string.Join("\n        ", statements)}}
                return Task.FromResult(input);
            }

            private static void Use(object value) => value.ToString();
        }
        """;

    private static int FirstLine() =>
        Orchestration("Sinner", ["here"]).Split('\n').Select(line => line.Trim()).ToList().IndexOf("here") + 1;

    // ".../Sinner.cs(13,13): error RS0030: The symbol ..."
    [GeneratedRegex(@"(\w+\.cs)\((\d+),\d+\): error (\w+)")]
    private static partial Regex ErrorLine();

    [GeneratedRegex(@"TaskOrchestrationContext context, UploadedVideo input\) =>(.*?;)", RegexOptions.Singleline)]
    private static partial Regex Body();

    [GeneratedRegex(@":\s*I?TaskOrchestrator\b|\bAddOrchestrator(Func)?\b|\[OrchestrationTrigger\]")]
    private static partial Regex DefinesOrchestration();
}
