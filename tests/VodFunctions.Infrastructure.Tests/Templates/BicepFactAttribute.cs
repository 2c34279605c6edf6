using Xunit;

namespace VodFunctions.Infrastructure.Tests.Templates;

/// <summary>A test that needs the Bicep CLI: skipped, not passed, where there is no package of it for this platform.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BicepFactAttribute : FactAttribute
{
    public BicepFactAttribute()
    {
        if (BicepCli.Path is null)
        {
            Skip = "The Bicep CLI comes from a package that is there for Linux on x64 only: see the project file.";
        }
    }
}
