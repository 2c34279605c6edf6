using System.Runtime.InteropServices;
using VodFunctions.Bench;
using VodFunctions.Demo;

using var stop = new CancellationTokenSource();
using PosixSignalRegistration interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

try
{
    await new Benchmark(BenchOptions.Parse(args), Console.Out).RunAsync(stop.Token);
    return 0;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 130;
}
catch (Exception failure) when (failure is BenchException or DemoException or HttpRequestException or IOException)
{
    await Console.Error.WriteLineAsync(failure.Message);
    return 1;
}

void Stop(PosixSignalContext signal)
{
    // Processes and folders are cleaned up on the way out.
    signal.Cancel = true;
    stop.Cancel();
}
