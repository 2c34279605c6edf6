using VodFunctions.Core.Probing;
using VodFunctions.Core.Settings;
using VodFunctions.Core.Videos;

namespace VodFunctions.FFmpeg.Processes;

/// <summary>FFmpeg can be isolated less than <c>Vod:Transcoding:RequireIsolation</c> asks for, so it is not run.</summary>
/// <param name="plan">What this machine permits.</param>
/// <param name="required">What is asked for.</param>
public sealed class IsolationException(SandboxPlan plan, IsolationLevel required) : MediaToolException(
    JobErrorCode.Internal,
    $"Vod:Transcoding:RequireIsolation asks for {required}. {plan.Description} "
    + "Install bubblewrap, start the container as root, or use a kernel with Landlock.")
{
}
