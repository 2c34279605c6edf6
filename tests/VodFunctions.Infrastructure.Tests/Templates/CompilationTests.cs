using VodFunctions.Testing;
using Xunit;

namespace VodFunctions.Infrastructure.Tests.Templates;

public sealed class CompilationTests
{
    [BicepFact]
    public async Task The_templates_compile_without_a_word()
    {
        foreach ((string name, Func<Task<Deployment>> compile) in Deployment.Every)
        {
            Assert.Equal((name, ""), (name, (await compile()).Said.Trim()));
        }

        Assert.Equal("", (await BicepCli.RunAsync(Repository.File("bicep"), "lint", "event-subscription.bicep")).Trim());
    }

    [BicepFact]
    public async Task A_preview_shows_every_resource()
    {
        foreach ((string name, Func<Task<Deployment>> compile) in Deployment.Every)
        {
            Assert.Equal((name, "[]"), (name, (await compile()).Diagnostics.ToJsonString()));
        }
    }
}
