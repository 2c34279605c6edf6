namespace VodFunctions.Local.Tests.EndToEnd.Faults;

/// <summary>What FFmpeg does wrong.</summary>
public enum Fault
{
    /// <summary>Nothing but work.</summary>
    None,

    /// <summary>ffmpeg dies of a signal.</summary>
    Crash,

    /// <summary>ffmpeg does not end.</summary>
    Hang,

    /// <summary>ffmpeg does its work, and then does not end.</summary>
    Linger,

    /// <summary>ffmpeg writes file after file.</summary>
    Fill,

    /// <summary>ffmpeg fills the disk before it works.</summary>
    FillDisk,

    /// <summary>ffprobe does not begin before <see cref="FaultyFFmpeg.Release"/>.</summary>
    HoldProbe,

    /// <summary>ffmpeg does not begin before <see cref="FaultyFFmpeg.Release"/>.</summary>
    HoldEncode,
}
