using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VodFunctions.Testing;
using Xunit;

namespace VodFunctions.Infrastructure.Tests.Workflows;

/// <summary>What the workflows give the templates against what those take.</summary>
public sealed partial class WorkflowTests
{
    private static readonly string s_infrastructure = Read("infrastructure.yml");
    private static readonly string s_deploy = Read("deploy.yml");

    /// <summary>A parameter that is left out would be reported as a difference that is none.</summary>
    [Fact]
    public void The_preview_of_the_apps_gives_every_parameter_that_a_deployment_gives()
    {
        string command = s_infrastructure[s_infrastructure.IndexOf("az deployment group what-if", StringComparison.Ordinal)..];

        Assert.Equal(
            Parameters("apps").Select(parameter => parameter.Key).Order(StringComparer.Ordinal),
            Given().Matches(command).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("main")]
    [InlineData("apps")]
    public void What_the_parameters_are_made_of_is_set_by_both_workflows(string template)
    {
        string[] made = ["AZURE_PRINCIPAL_ID", "SERVICE_API_IMAGE_NAME", "VOD_BUDGET_START"]; // By azd, and by a hook.
        string[] names = [.. Parameters(template).Select(parameter => Variable().Match(parameter.Value!["value"]!.GetValue<string>()).Groups["name"].Value)];

        Assert.DoesNotContain("", names);
        foreach (string name in names.Except(made))
        {
            Assert.Contains($"      {name}: ${{{{ vars.{name}", s_deploy, StringComparison.Ordinal);
            Assert.Contains($"      {name}: ${{{{ vars.{name}", s_infrastructure, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("main")]
    [InlineData("apps")]
    public void Each_parameter_that_is_given_is_one_that_the_template_has(string template)
    {
        string text = File.ReadAllText(Repository.File("bicep", $"{template}.bicep"));

        Assert.All(Parameters(template), parameter => Assert.Matches($@"(?m)^param {parameter.Key} ", text));
    }

    /// <summary>azd turns text into what a template's parameter is for <c>azd provision</c>, and not for a service's module.</summary>
    [Fact]
    public void What_the_apps_are_given_is_text() => Assert.All(
        Parameters("apps"),
        parameter => Assert.Matches($@"(?m)^param {parameter.Key} string", File.ReadAllText(Repository.File("bicep", "apps.bicep"))));

    [Fact]
    public void Nothing_is_deployed_that_was_not_tested()
    {
        Assert.Matches(@"(?s)  build:\n.*uses: \./\.github/workflows/build\.yml\n.*  deploy:\n    name: Deploy\n    needs: build\n", s_deploy);
        Assert.Contains("  workflow_call:", Read("build.yml"), StringComparison.Ordinal);
    }

    private static string Read(string workflow) => File.ReadAllText(Repository.File(".github", "workflows", workflow));

    private static JsonObject Parameters(string template) => JsonNode.Parse(
        File.ReadAllText(Repository.File("bicep", $"{template}.parameters.json")))!["parameters"]!.AsObject();

    [GeneratedRegex(@"(?<name>\w+)=""\$\w+""")]
    private static partial Regex Given();

    [GeneratedRegex(@"^\$\{(?<name>\w+)(?:=[^}]*)?\}$")]
    private static partial Regex Variable();
}
