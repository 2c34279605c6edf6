using VodFunctions.Core.Health;

namespace VodFunctions.FFmpeg.Processes;

/// <summary>Whether FFmpeg can work, and how well it is isolated.</summary>
/// <param name="tools">Knows.</param>
public sealed class MediaToolsReadiness(MediaTools tools) : IReadinessCheck
{
    private volatile string? _note;

    /// <inheritdoc />
    public string Name => "ffmpeg";

    /// <inheritdoc />
    public string? Note => _note;

    /// <inheritdoc />
    public async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        MediaToolsStatus status = await tools.CheckAsync(cancellationToken).ConfigureAwait(false);
        _note = status.Ready ? status.Message : null;
        return status.Ready ? null : status.Message;
    }
}
