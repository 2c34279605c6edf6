using VodFunctions.Testing;
using Xunit;

namespace VodFunctions.Infrastructure.Tests.Templates;

public sealed class CompilationTests
{
    [BicepFact]
    public async Task The_templates_compile_without_a_word()
    {
        Deployment main = await Deployment.Main;
        Deployment apps = await Deployment.Apps;

        Assert.Equal("", main.Said.Trim());
        Assert.Equal("", apps.Said.Trim());
        Assert.Equal("", (await BicepCli.RunAsync(Repository.File("bicep"), "lint", "event-subscription.bicep")).Trim());
    }

    [BicepFact]
    public async Task A_preview_shows_every_resource()
    {
        Assert.Empty((await Deployment.Main).Diagnostics);
        Assert.Empty((await Deployment.Apps).Diagnostics);
    }
}
