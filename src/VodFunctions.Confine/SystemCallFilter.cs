using System.Runtime.InteropServices;

namespace VodFunctions.Confine;

/// <summary>
/// Refuses system calls (seccomp, mode filter): sockets of every kind, which Landlock knows TCP of only, and what reaches
/// into other processes or the kernel. A refused call answers <c>EACCES</c>. Source: the kernel's
/// <c>Documentation/userspace-api/seccomp_filter.rst</c>; numbers from its tables of system calls.
/// </summary>
internal static class SystemCallFilter
{
    private const ushort LoadWord = 0x20;
    private const ushort JumpIfEqual = 0x15;
    private const ushort JumpIfAtLeast = 0x35;
    private const ushort Return = 0x06;
    private const uint Allow = 0x7fff0000;
    private const uint RefuseWithAccessDenied = 0x00050000 | 13;
    private const uint NumberOffset = 0;
    private const uint ArchitectureOffset = 4;

    /// <summary>The second set of numbers that x86-64 has (x32).</summary>
    private const uint FirstOfX32 = 0x40000000;

    /// <exception cref="ConfineException">The kernel has no seccomp, or the processor is another one.</exception>
    public static void Install() => NativeMethods.SetSystemCallFilter(Build(RuntimeInformation.OSArchitecture));

    public static Instruction[] Build(Architecture architecture)
    {
        (uint id, uint[] refused) = architecture switch
        {
            // socket, ptrace, add_key, request_key, keyctl, unshare, perf_event_open, setns, process_vm_readv,
            // process_vm_writev, bpf, userfaultfd, io_uring_setup, pidfd_getfd
            Architecture.X64 =>
                (0xC000003Eu, new uint[] { 41, 101, 248, 249, 250, 272, 298, 308, 310, 311, 321, 323, 425, 438 }),
            Architecture.Arm64 =>
                (0xC00000B7u, new uint[] { 198, 117, 217, 218, 219, 97, 241, 268, 270, 271, 280, 282, 425, 438 }),
            _ => throw new ConfineException($"there is no list of system calls for {architecture}."),
        };

        // A jump counts the instructions that it leaves out. The last two are: allow, refuse.
        List<Instruction> program =
        [
            new(LoadWord, 0, 0, ArchitectureOffset),
            new(JumpIfEqual, 0, (byte)(refused.Length + 3), id),
            new(LoadWord, 0, 0, NumberOffset),
            new(JumpIfAtLeast, (byte)(refused.Length + 1), 0, FirstOfX32),
        ];
        for (int at = 0; at < refused.Length; at++)
        {
            program.Add(new(JumpIfEqual, (byte)(refused.Length - at), 0, refused[at]));
        }

        program.Add(new(Return, 0, 0, Allow));
        program.Add(new(Return, 0, 0, RefuseWithAccessDenied));
        return [.. program];
    }

    /// <summary>One instruction of classic BPF (<c>struct sock_filter</c>).</summary>
    [StructLayout(LayoutKind.Sequential)]
    public readonly record struct Instruction(ushort Code, byte IfTrue, byte IfFalse, uint Value);
}
