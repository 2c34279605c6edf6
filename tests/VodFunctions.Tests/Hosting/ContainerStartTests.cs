using System.Diagnostics;
using VodFunctions.Testing.Azurite;
using Xunit;

namespace VodFunctions.Tests.Hosting;

/// <summary>The container's entry point. It gives up what it finds, so only root can try it.</summary>
public sealed class ContainerStartTests
{
    [Theory]
    [InlineData("Api", "10001", "[none]")]
    [InlineData("Media", "0", "chown,dac_override,fowner,kill,setgid,setuid,setpcap")]
    [InlineData(null, "0", "chown,dac_override,fowner,kill,setgid,setuid,setpcap")]
    public async Task It_gives_up_what_the_role_does_not_need(string? role, string user, string capabilities)
    {
        if (!Environment.IsPrivilegedProcess || !OperatingSystem.IsLinux())
        {
            return;
        }

        // As in a container: without the capability to mount.
        var info = new ProcessStartInfo(
            "setpriv",
            [
                "--bounding-set=-sys_admin", "--", Path.Combine(RepositoryRoot.Path, "src", "VodFunctions", "container-start.sh"),
                "setpriv", "--dump",
            ])
        {
            RedirectStandardOutput = true,
            Environment = { ["Vod__Role"] = role },
        };
        using Process process = Process.Start(info)!;
        string[] lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n');
        await process.WaitForExitAsync();

        Assert.Equal(0, process.ExitCode);
        Assert.Contains($"uid: {user}", lines);
        Assert.Contains($"Capability bounding set: {capabilities}", lines);
        Assert.Contains("Inheritable capabilities: [none]", lines);
    }
}
