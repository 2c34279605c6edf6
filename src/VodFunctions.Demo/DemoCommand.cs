using System.Net.WebSockets;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Azure;
using Spectre.Console;

namespace VodFunctions.Demo;

/// <summary>The verb <c>demo</c>: puts one video through a running host, as a browser would.</summary>
public static class DemoCommand
{
    /// <summary>Runs it and prints the timeline to standard output.</summary>
    /// <returns>0 when both states ended COMPLETED, 2 when they did not, 1 when it could not be run to its end.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return await RunAsync(args, Console.Out, stop.Token);

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    internal static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            DemoOptions options = DemoOptions.Parse(args);
            Renew();
            DemoResult result = await RunAsync(options, output, Renew, patience.Token);
            result.Print(output);
            return result.Succeeded ? 0 : 2;

            void Renew() => patience.CancelAfter(options.Patience);
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync(
                cancellationToken.IsCancellationRequested ? "Stopped." : "Nothing goes on any more, see the host's log.");
        }
        catch (DemoException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
        }
        catch (RequestFailedException e)
        {
            // Its message holds the request's URL, and that a SAS.
            await Console.Error.WriteLineAsync($"Storage refused the upload: {e.Status} {e.ErrorCode}");
        }
        catch (Exception e) when (e is HttpRequestException or WebSocketException or ChannelClosedException or AggregateException)
        {
            await Console.Error.WriteLineAsync($"The host does not answer any more ({e.GetType().Name}).");
        }

        return 1;
    }

    private static async Task<DemoResult> RunAsync(
        DemoOptions options, TextWriter output, Action onStep, CancellationToken cancellationToken)
    {
        DemoClip clip = await DemoClip.GetAsync(options, cancellationToken);
        await output.WriteLineAsync($"demo: {Path.GetFileName(clip.Path)}, {clip.SizeBytes:N0} bytes");
        using var http = new HttpClient { BaseAddress = options.Url };
        bool terminal = output == Console.Out && !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Interactive;
        return terminal
            ? await BarView.RunAsync(view => RunAsync(view))
            : await RunAsync(new PlainView(output));

        Task<DemoResult> RunAsync(IDemoView view) =>
            new DemoRun(http, clip, new WatchedView(view, onStep), TimeProvider.System).RunAsync(cancellationToken);
    }
}
