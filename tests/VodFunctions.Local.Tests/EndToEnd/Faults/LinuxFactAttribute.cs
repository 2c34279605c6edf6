using Xunit;

namespace VodFunctions.Local.Tests.EndToEnd.Faults;

/// <summary>A test that looks into <c>/proc</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = "Only Linux has /proc.";
        }
    }
}
