using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace VodFunctions.Local.WebPubSub;

/// <summary>Where clients reach the emulator: as configured, or where this host listens.</summary>
internal sealed class EmulatorEndpoint(IServer server, IOptions<WebPubSubEmulatorOptions> options)
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
}
