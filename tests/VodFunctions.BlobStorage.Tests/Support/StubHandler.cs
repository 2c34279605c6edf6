using System.Net;
using Azure.Core.Pipeline;
using Azure.Storage;
using Azure.Storage.Blobs;
using VodFunctions.BlobStorage.Containers;

namespace VodFunctions.BlobStorage.Tests.Support;

/// <summary>A storage that gives one answer to everything.</summary>
internal sealed class StubHandler(HttpStatusCode status, string errorCode) : HttpMessageHandler
{
    public VodContainers CreateContainers() => new(new BlobServiceClient(
        new Uri("https://vodtest.blob.core.windows.net"),
        new StorageSharedKeyCredential("vodtest", Convert.ToBase64String(new byte[32])),
        new BlobClientOptions { Transport = new HttpClientTransport(new HttpClient(this)), Retry = { MaxRetries = 0 } }));

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = new HttpResponseMessage(status);
        answer.Headers.Add("x-ms-error-code", errorCode);
        return Task.FromResult(answer);
    }
}
