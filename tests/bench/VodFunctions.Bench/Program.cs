using VodFunctions.Bench;
using VodFunctions.Local.Demo;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    stop.Cancel();
};

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
