using System.Text.RegularExpressions;
using VodFunctions.Core.Processing;
using VodFunctions.Testing;
using Xunit;

namespace VodFunctions.Infrastructure.Tests.Apps;

/// <summary>The app cannot be built everywhere, so its functions are read off its sources.</summary>
public sealed partial class DeclaredFunctionsTests
{
    private static readonly string s_built = $"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}";

    [Fact]
    public void The_functions_that_the_settings_split_are_those_of_the_app()
    {
        IEnumerable<string> declared = Directory
            .EnumerateFiles(Repository.File("src", "VodFunctions"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains(s_built, StringComparison.Ordinal))
            .SelectMany(file => Declared().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["name"].Value)
            .Select(name => name == "ProcessVideoNames.Orchestration" ? ProcessVideoNames.Orchestration : name.Trim('"'));

        Assert.Equal(FunctionSplitTests.Functions.Order(StringComparer.Ordinal), declared.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("""\[Function\((?<name>"\w+"|[\w.]+)\)\]""")]
    private static partial Regex Declared();
}
