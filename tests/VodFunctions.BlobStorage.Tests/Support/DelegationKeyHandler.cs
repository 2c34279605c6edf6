using System.Net;
using System.Text;
using System.Xml.Linq;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;

namespace VodFunctions.BlobStorage.Tests.Support;

/// <summary>
/// A blob service that gives out user delegation keys and nothing else: the emulator needs https and a token for it.
/// </summary>
internal sealed class DelegationKeyHandler : HttpMessageHandler
{
    private int _fetched;

    public int Fetched => _fetched;

    public BlobServiceClient CreateClient() => new(
        new Uri("https://vodtest.blob.core.windows.net"),
        new FixedCredential(),
        new BlobClientOptions { Transport = new HttpClientTransport(new HttpClient(this)), Retry = { MaxRetries = 0 } });

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri!.Query != "?restype=service&comp=userdelegationkey")
        {
            return new HttpResponseMessage(HttpStatusCode.BadRequest);
        }

        Interlocked.Increment(ref _fetched);
        XElement asked = XElement.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
        var key = new XElement("UserDelegationKey",
            new XElement("SignedOid", "11111111-1111-1111-1111-111111111111"),
            new XElement("SignedTid", "22222222-2222-2222-2222-222222222222"),
            new XElement("SignedStart", asked.Element("Start")!.Value),
            new XElement("SignedExpiry", asked.Element("Expiry")!.Value),
            new XElement("SignedService", "b"),
            new XElement("SignedVersion", "2023-08-03"),
            new XElement("Value", Convert.ToBase64String(new byte[32])));
        return new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent(key.ToString(), Encoding.UTF8, "application/xml"),
        };
    }

    private sealed class FixedCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new("token", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(
            TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
