using System.Net;

namespace VodFunctions.BlobStorage.Tests.Support;

/// <summary>A storage with a blob that a copy is being made onto: it refuses to delete it until the copy is aborted.</summary>
internal sealed class PendingCopyHandler : HttpMessageHandler
{
    private bool _aborted;

    /// <summary>What was asked of the blob itself.</summary>
    public List<string> Seen { get; } = [];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string query = request.RequestUri!.Query;
        if (query.Contains("comp=blocklist", StringComparison.Ordinal))
        {
            return Answer(HttpStatusCode.NotFound, ("x-ms-error-code", "BlobNotFound"));
        }

        Seen.Add(request.Method + (query.Contains("copyid=copy-1", StringComparison.Ordinal) ? " copy-1" : ""));
        if (request.Method == HttpMethod.Put)
        {
            _aborted = true;
            return Answer(HttpStatusCode.NoContent);
        }

        return request.Method == HttpMethod.Head ? Answer(HttpStatusCode.OK, ("x-ms-copy-id", "copy-1"))
            : _aborted ? Answer(HttpStatusCode.Accepted)
            : Answer(HttpStatusCode.Conflict, ("x-ms-error-code", "PendingCopyOperation"));
    }

    private static Task<HttpResponseMessage> Answer(HttpStatusCode status, params (string Name, string Value)[] headers)
    {
        var answer = new HttpResponseMessage(status) { Content = new ByteArrayContent([]) };
        foreach ((string name, string value) in headers)
        {
            answer.Headers.Add(name, value);
        }

        return Task.FromResult(answer);
    }
}
