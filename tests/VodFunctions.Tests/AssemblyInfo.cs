// FFmpeg's sandbox and its tests need a POSIX system.
[assembly: System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
