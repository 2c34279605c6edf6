using VodFunctions.Confine;

// confine [-read PATH]... [-write PATH]... -- PROGRAM ARGUMENT...
// Exit code 126 and one line that begins with "confine: " where it cannot; otherwise the program takes its place.
try
{
    ConfineArguments arguments = ConfineArguments.Parse(args);
    NativeMethods.ForbidNewPrivileges();
    Landlock.Restrict(arguments.Readable, arguments.Writable);
    SystemCallFilter.Install();
    NativeMethods.Become(arguments.Program, arguments.ProgramArguments);
}
catch (ConfineException failure)
{
    Console.Error.WriteLine($"confine: {failure.Message}");
}

return 126;
