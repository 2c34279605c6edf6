using System.Collections;
using System.Runtime.InteropServices;

namespace VodFunctions.Confine;

/// <summary>The system calls that are needed here. Numbers and constants are Linux's, for x86-64 and arm64.</summary>
internal static partial class NativeMethods
{
    public const int OpenPathOnly = 0x200000;
    public const int CloseOnExec = 0x80000;
    private const int SetDumpable = 4;
    private const int SetNoNewPrivileges = 38;
    private const int SetSeccomp = 22;
    private const int SeccompModeFilter = 2;
    private const int BrokenPipe = 13;

    /// <summary>Whatever is executed from here on, no setuid bit and no file capability counts. Landlock and seccomp ask for it.</summary>
    public static void ForbidNewPrivileges() => Check(PrCtl(SetNoNewPrivileges, 1, 0, 0, 0), "no_new_privs");

    public static void MakeUndumpable() => Check(PrCtl(SetDumpable, 0, 0, 0, 0), "undumpable");

    public static unsafe void SetSystemCallFilter(ReadOnlySpan<SystemCallFilter.Instruction> program)
    {
        fixed (SystemCallFilter.Instruction* first = program)
        {
            var description = new FilterProgram { Length = (ushort)program.Length, First = first };
            Check(PrCtl(SetSeccomp, SeccompModeFilter, (nint)(&description), 0, 0), "seccomp");
        }
    }

    /// <summary>Replaces this process by the program, under the same environment less the runtime's own variables.</summary>
    /// <exception cref="ConfineException">It cannot be executed.</exception>
    public static unsafe void Become(string program, IReadOnlyList<string> arguments)
    {
        // The runtime ignores SIGPIPE; an ignored signal stays ignored in the program that takes this process over.
        Signal(BrokenPipe, 0);
        IEnumerable<string> environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(variable => !((string)variable.Key).StartsWith("DOTNET_", StringComparison.Ordinal))
            .Select(variable => $"{variable.Key}={variable.Value}");
        Execute(program, Strings([program, .. arguments]), Strings([.. environment]));
        throw new ConfineException($"the program cannot be executed (error {Marshal.GetLastPInvokeError()}).");
    }

    /// <summary>The result of a call, where that is not negative.</summary>
    /// <exception cref="ConfineException">The call has failed.</exception>
    public static int Check(nint result, string what) => result >= 0
        ? (int)result
        : throw new ConfineException($"this system does not permit it: {what}, error {Marshal.GetLastPInvokeError()}.");

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    public static partial nint SystemCall(nint number, nint first, nint second, nint third, nint fourth);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    /// <summary>A list for <c>execve</c>, never freed: this process ends or becomes another.</summary>
    private static unsafe byte** Strings(IReadOnlyList<string> texts)
    {
        var list = (byte**)NativeMemory.Alloc((nuint)(texts.Count + 1), (nuint)sizeof(byte*));
        for (int at = 0; at < texts.Count; at++)
        {
            list[at] = (byte*)Marshal.StringToCoTaskMemUTF8(texts[at]);
        }

        list[texts.Count] = null;
        return list;
    }

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int PrCtl(int option, nint first, nint second, nint third, nint fourth);

    [LibraryImport("libc", EntryPoint = "signal", SetLastError = true)]
    private static partial nint Signal(int number, nint handler);

    [LibraryImport("libc", EntryPoint = "execve", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Execute(string program, byte** arguments, byte** environment);

    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct FilterProgram
    {
        public ushort Length;
        public SystemCallFilter.Instruction* First;
    }
}
