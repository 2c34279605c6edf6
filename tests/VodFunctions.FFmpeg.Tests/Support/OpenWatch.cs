using System.Runtime.InteropServices;
using System.Text;

namespace VodFunctions.FFmpeg.Tests.Support;

/// <summary>Tells which files of a folder any process opened (inotify: .NET's own watcher cannot see that).</summary>
internal sealed partial class OpenWatch : IDisposable
{
    private const int NonBlocking = 0x800;
    private const uint Open = 0x20;

    private readonly int _descriptor;
    private readonly HashSet<string> _opened = [];

    public OpenWatch(string folder)
    {
        _descriptor = Init(NonBlocking);
        Assert.True(_descriptor >= 0 && AddWatch(_descriptor, folder, Open) >= 0, "inotify");
    }

    /// <summary>Names of files opened since the start.</summary>
    public IReadOnlyCollection<string> Opened()
    {
        byte[] events = new byte[64 * 1024];
        nint length;
        while ((length = Read(_descriptor, events, events.Length)) > 0)
        {
            // struct inotify_event: wd, mask, cookie, len, then a name padded with zeros.
            for (int at = 0; at < length;)
            {
                int nameLength = BitConverter.ToInt32(events, at + 12);
                _opened.Add(Encoding.UTF8.GetString(events, at + 16, nameLength).TrimEnd('\0'));
                at += 16 + nameLength;
            }
        }

        return _opened;
    }

    public void Dispose() => _ = Close(_descriptor);

    [LibraryImport("libc", EntryPoint = "inotify_init1")]
    private static partial int Init(int flags);

    [LibraryImport("libc", EntryPoint = "inotify_add_watch", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int AddWatch(int descriptor, string path, uint mask);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(int descriptor, [Out] byte[] buffer, nint count);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
