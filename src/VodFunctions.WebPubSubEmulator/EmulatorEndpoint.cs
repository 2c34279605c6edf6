using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace VodFunctions.WebPubSubEmulator;

/// <summary>Where clients and servers reach the emulator: as configured, or where this host listens.</summary>
internal sealed class EmulatorEndpoint(IServer server, IOptions<EmulatorOptions> options)
{
    /// <summary>An http or https address.</summary>
    /// <exception cref="InvalidOperationException">The host does not listen yet.</exception>
    public Uri Get()
    {
        if (options.Value.Endpoint is { } configured)
        {
            return configured;
        }

        string address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? throw new InvalidOperationException("The host does not listen yet.");

        // "Any address" names no machine; a browser on this one reaches it as localhost.
        BindingAddress binding = BindingAddress.Parse(address);
        string host = binding.Host is "0.0.0.0" or "[::]" or "*" or "+" ? "localhost" : binding.Host;
        return new Uri($"{binding.Scheme}://{host}:{binding.Port}");
    }

    /// <summary>Whether a token's audience is this endpoint: the configured one, or the one that the request names.</summary>
    public bool Is(Uri audience, HttpRequest request) =>
        IsSame(audience, options.Value.Endpoint)
        || (Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out Uri? called) && IsSame(audience, called));

    // localhost, 127.0.0.1 and [::1] are one machine: which of them a client was configured with does not matter.
    private static bool IsSame(Uri audience, Uri? endpoint) => endpoint is not null
        && audience.Port == endpoint.Port
        && (audience.Host.Equals(endpoint.Host, StringComparison.OrdinalIgnoreCase) || (audience.IsLoopback && endpoint.IsLoopback));
}
