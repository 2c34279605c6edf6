using System.IO.Compression;
using Microsoft.Net.Http.Headers;

namespace VodFunctions.Local.Playback;

/// <summary>The CDN stand-in: <c>/media/{videoId}/{attempt}/...</c> in front of the <c>media</c> container.</summary>
public static class MediaEndpoints
{
    /// <summary>Registers what <see cref="MapVodPlayback"/> needs; the storage client comes from the container.</summary>
    public static IServiceCollection AddVodPlayback(this IServiceCollection services) =>
        services.AddSingleton<MediaStorage>();

    /// <summary>Maps <c>GET</c>, <c>HEAD</c> and <c>OPTIONS</c> below <c>/media/</c>.</summary>
    public static IEndpointRouteBuilder MapVodPlayback(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/media/{**path}", ["GET", "HEAD"], (Delegate)SendAsync).ExcludeFromDescription();
        endpoints.MapMethods("/media/{**path}", ["OPTIONS"], (Delegate)Preflight).ExcludeFromDescription();
        return endpoints;
    }

    private static async Task SendAsync(
        HttpContext context, MediaStorage storage, ILogger<MediaStorage> log, string? path)
    {
        AllowEveryOrigin(context.Response.Headers);
        if (!MediaPath.TryParse(path, out MediaPath name))
        {
            await RefuseAsync(context.Response, StatusCodes.Status404NotFound, "Not found.");
            return;
        }

        try
        {
            if (await storage.FindAsync(name, context.RequestAborted) is { } file)
            {
                await SendFileAsync(context, storage, name, file);
            }
            else
            {
                await RefuseAsync(context.Response, StatusCodes.Status404NotFound, "Not found.");
            }
        }
        catch (MediaStorageUnavailableException e)
        {
            Log.MediaUnavailable(log, name.BlobName, e.InnerException!.GetType().Name);
            context.Response.Headers.RetryAfter = "1";
            await RefuseAsync(context.Response, StatusCodes.Status503ServiceUnavailable, "Try again.");
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The viewer has gone.
        }
        catch (IOException e) when (context.Response.HasStarted)
        {
            // Half a file must not look like a whole one.
            Log.MediaUnavailable(log, name.BlobName, e.GetType().Name);
            context.Abort();
        }
    }

    private static async Task SendFileAsync(HttpContext context, MediaStorage storage, MediaPath name, MediaFile file)
    {
        HttpResponse response = context.Response;
        MediaAnswer answer = MediaAnswer.Decide(context.Request.GetTypedHeaders(), file, name.IsCompressible);
        response.StatusCode = answer.Status;
        Describe(response, name, file, answer);
        if (answer.Length == 0 || HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        await using Stream content =
            await storage.OpenAsync(name, file, answer.Offset, answer.Length, context.RequestAborted);
        if (answer.Compressed)
        {
            await using var gzip = new GZipStream(response.Body, CompressionLevel.Fastest);
            await content.CopyToAsync(gzip, context.RequestAborted);
        }
        else
        {
            await content.CopyToAsync(response.Body, context.RequestAborted);
        }
    }

    private static void Describe(HttpResponse response, MediaPath name, MediaFile file, MediaAnswer answer)
    {
        IHeaderDictionary headers = response.Headers;
        headers.AcceptRanges = "bytes";
        headers.CacheControl = file.CacheControl;
        // Another coding is another representation: its tag is weak, so that no range is ever joined across the two.
        headers.ETag = (answer.Compressed ? new EntityTagHeaderValue(file.ETag.Tag, isWeak: true) : file.ETag).ToString();
        headers.LastModified = HeaderUtilities.FormatDate(file.LastModified);
        if (name.IsCompressible)
        {
            headers.Vary = HeaderNames.AcceptEncoding;
        }

        switch (answer.Status)
        {
            case StatusCodes.Status304NotModified:
                return;
            case StatusCodes.Status416RangeNotSatisfiable:
                headers.ContentRange = new ContentRangeHeaderValue(file.Length).ToString();
                response.ContentLength = 0;
                return;
            case StatusCodes.Status206PartialContent:
                long last = answer.Offset + answer.Length - 1;
                headers.ContentRange = new ContentRangeHeaderValue(answer.Offset, last, file.Length).ToString();
                break;
        }

        response.ContentType = file.ContentType;
        if (answer.Compressed)
        {
            headers.ContentEncoding = "gzip";
        }
        else
        {
            response.ContentLength = answer.Length;
        }
    }

    private static void Preflight(HttpResponse response)
    {
        AllowEveryOrigin(response.Headers);
        response.Headers.AccessControlAllowMethods = "GET, HEAD, OPTIONS";
        response.Headers.AccessControlAllowHeaders = "Range, If-Match, If-None-Match, If-Modified-Since, If-Range, Cache-Control";
        response.Headers.AccessControlMaxAge = "86400";
        response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static void AllowEveryOrigin(IHeaderDictionary headers)
    {
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlExposeHeaders = "Accept-Ranges, Content-Encoding, Content-Length, Content-Range, Date, ETag";
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers["Timing-Allow-Origin"] = "*";
    }

    private static Task RefuseAsync(HttpResponse response, int status, string text)
    {
        IHeaderDictionary headers = response.Headers;
        foreach (string name in new[]
        {
            HeaderNames.AcceptRanges, HeaderNames.ETag, HeaderNames.LastModified, HeaderNames.ContentRange,
            HeaderNames.ContentEncoding, HeaderNames.Vary,
        })
        {
            headers.Remove(name);
        }

        // What is not there now may be there soon: no cache may keep the refusal.
        headers.CacheControl = "no-store";
        response.StatusCode = status;
        response.ContentType = "text/plain; charset=utf-8";
        response.ContentLength = text.Length;
        return HttpMethods.IsHead(response.HttpContext.Request.Method) ? Task.CompletedTask : response.WriteAsync(text);
    }
}
