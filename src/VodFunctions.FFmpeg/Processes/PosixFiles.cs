using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace VodFunctions.FFmpeg.Processes;

/// <summary>Opens and removes files relative to an open folder, which .NET's own calls cannot do (POSIX openat, unlinkat).</summary>
internal static partial class PosixFiles
{
    private const int NoSuchEntry = 2;
    private const int CurrentFolder = -2;
    private const int LinuxCurrentFolder = -100;
    private const ushort TypeMask = 0xF000;
    private const ushort RegularFile = 0x8000;

    private static readonly OpenFlags s_flags = OpenFlags.OfThisSystem();

    /// <summary>Opens a folder; a symbolic link in its place is refused.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static SafeFileHandle OpenFolder(string path)
    {
        int here = OperatingSystem.IsMacOS() ? CurrentFolder : LinuxCurrentFolder;
        int descriptor = OpenAt(here, path, s_flags.Folder | s_flags.NoFollow | s_flags.CloseOnExec);
        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new IOException($"A folder cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    /// <summary>Opens a file for reading. Follows no symbolic link and waits for nobody at a FIFO.</summary>
    /// <param name="folder">An open folder.</param>
    /// <param name="name">A single name, no path.</param>
    /// <param name="error">Why not, when null is returned; null when there is no such file.</param>
    public static SafeFileHandle? OpenFile(SafeFileHandle folder, string name, out string? error)
    {
        int descriptor = OpenAt(
            (int)folder.DangerousGetHandle(), name, s_flags.NoFollow | s_flags.NonBlocking | s_flags.CloseOnExec);
        error = descriptor >= 0 || Marshal.GetLastPInvokeError() == NoSuchEntry ? null : Marshal.GetLastPInvokeErrorMessage();
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : null;
    }

    /// <summary>Whether a handle is of a regular file with a single name.</summary>
    /// <exception cref="IOException">The system does not say.</exception>
    public static bool IsPlainFile(SafeFileHandle file)
    {
        (ushort mode, long links) = Status(file);
        return (mode & TypeMask) == RegularFile && links == 1;
    }

    /// <summary>Removes a name from a folder; what a link points at stays. A name that is not there is no error.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public static void Remove(SafeFileHandle folder, string name)
    {
        if (UnlinkAt((int)folder.DangerousGetHandle(), name, 0) != 0 && Marshal.GetLastPInvokeError() != NoSuchEntry)
        {
            throw new IOException($"A file cannot be removed: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    // struct stat differs between processors on Linux; struct statx does not. Offsets as in linux/stat.h and in macOS'
    // sys/stat.h with 64-bit inodes.
    private static (ushort Mode, long Links) Status(SafeFileHandle file)
    {
        Span<byte> status = stackalloc byte[512];
        int descriptor = (int)file.DangerousGetHandle();
        bool isMac = OperatingSystem.IsMacOS();
        int result = !isMac ? StatX(descriptor, "", EmptyPath, TypeModeAndLinks, ref status[0])
            : RuntimeInformation.ProcessArchitecture == Architecture.X64 ? MacStatX64(descriptor, ref status[0])
            : MacStat(descriptor, ref status[0]);
        if (result != 0)
        {
            throw new IOException($"A file cannot be looked at: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        return isMac
            ? (MemoryMarshal.Read<ushort>(status[4..]), MemoryMarshal.Read<ushort>(status[6..]))
            : (MemoryMarshal.Read<ushort>(status[28..]), MemoryMarshal.Read<uint>(status[16..]));
    }

    private const int EmptyPath = 0x1000;
    private const uint TypeModeAndLinks = 0x1 | 0x2 | 0x4;

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenAt(int folder, string name, int flags);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int UnlinkAt(int folder, string name, int flags);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string name, int flags, uint mask, ref byte status);

    [LibraryImport("libc", EntryPoint = "fstat", SetLastError = true)]
    private static partial int MacStat(int descriptor, ref byte status);

    [LibraryImport("libc", EntryPoint = "fstat$INODE64", SetLastError = true)]
    private static partial int MacStatX64(int descriptor, ref byte status);

    private sealed record OpenFlags(int NoFollow, int NonBlocking, int CloseOnExec, int Folder)
    {
        public static OpenFlags OfThisSystem() =>
            OperatingSystem.IsMacOS() ? new(0x100, 0x4, 0x100_0000, 0x10_0000)
            : RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? new(0x8000, 0x800, 0x8_0000, 0x4000)
            : new(0x2_0000, 0x800, 0x8_0000, 0x1_0000);
    }
}
