using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using VodFunctions.Api.Settings;
using VodFunctions.Local.Hosting;

namespace VodFunctions.Local.Site;

/// <summary>The browser app at <c>/</c>, beside the API.</summary>
public static class SiteEndpoints
{
    private const string NotBuilt =
        "The site is not built: start the host with ./dev run, or run npm run -w src/VodFunctions.Web build.\n";

    private static readonly string[] s_notPages = ["/api", "/media", "/client", "/.well-known"];

    /// <summary>Registers what <see cref="MapVodSite"/> needs.</summary>
    public static IServiceCollection AddVodSite(this IServiceCollection services)
    {
        services.AddSingleton(provider => new SiteFiles(SiteFolder.Find(
            provider.GetRequiredService<IOptions<LocalOptions>>().Value.SiteFolder, AppContext.BaseDirectory)));
        services.AddOptions<AuthOptions>().BindConfiguration(AuthOptions.Section);
        services.AddOptions<LocalOptions>().Validate<IOptions<AuthOptions>>(
            (local, auth) => string.IsNullOrEmpty(auth.Value.Authority) || !string.IsNullOrWhiteSpace(local.ClientId),
            "Vod:Local:ClientId: must not be empty where Vod:Auth:Authority is set.");
        services.AddSingleton(provider => SiteConfig.For(
            provider.GetRequiredService<IOptions<AuthOptions>>(), provider.GetRequiredService<IOptions<LocalOptions>>()));
        services.AddSingleton<SiteHeaders>();
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Optimal);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Optimal);

        // It works on this pipeline only. Over https as well: no secret is in a file.
        return services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes =
            [
                "text/html", "text/css", "text/javascript", "text/plain", "application/json", "application/manifest+json", "image/svg+xml",
            ];
        });
    }

    /// <summary>Maps every path that nothing else has, for reading.</summary>
    public static IEndpointRouteBuilder MapVodSite(this IEndpointRouteBuilder endpoints)
    {
        RequestDelegate answer = endpoints.CreateApplicationBuilder()
            .Use(Prepare)
            .UseWhen(IsNotCompressed, branch => branch.UseResponseCompression())
            .Use(SendConfig)
            .Use(SendFile)
            .Build();
        endpoints.MapMethods("/{**path}", ["GET", "HEAD"], answer).ExcludeFromDescription();
        return endpoints;
    }

    private static Task Prepare(HttpContext context, RequestDelegate next)
    {
        IServiceProvider services = context.RequestServices;
        services.GetRequiredService<SiteHeaders>().WriteTo(context.Response.Headers);
        PathString path = context.Request.Path;
        if (s_notPages.Any(prefix => path.StartsWithSegments(prefix)))
        {
            return RefuseAsync(context, "Not found.\n");
        }

        SiteFiles files = services.GetRequiredService<SiteFiles>();
        context.Features.Set(files.Find(path, context.Request.GetTypedHeaders().AcceptEncoding));
        return files.AreThere ? next(context) : RefuseAsync(context, NotBuilt);
    }

    private static bool IsNotCompressed(HttpContext context) => context.Features.Get<SiteFile>() is null or { Coding: null };

    private static Task SendConfig(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path != SiteConfig.Path)
        {
            return next(context);
        }

        byte[] json = JsonSerializer.SerializeToUtf8Bytes(
            context.RequestServices.GetRequiredService<SiteConfig>(), SiteConfigJson.Default.SiteConfig);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(json).AsSpan(0, 8))}\"", isWeak: true);
        context.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(json, "application/json", entityTag: tag).ExecuteAsync(context);
    }

    private static Task SendFile(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<SiteFile>() is not { } file)
        {
            return RefuseAsync(context, "Not found.\n");
        }

        IHeaderDictionary headers = context.Response.Headers;
        headers.CacheControl = file.CacheControl;
        if (file.Coding is not null)
        {
            headers.ContentEncoding = file.Coding;
            headers.Vary = HeaderNames.AcceptEncoding;
        }

        return TypedResults.PhysicalFile(file.Path, file.ContentType, lastModified: file.LastModified, entityTag: file.ETag)
            .ExecuteAsync(context);
    }

    private static Task RefuseAsync(HttpContext context, string text)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Text(text, "text/plain; charset=utf-8", statusCode: StatusCodes.Status404NotFound).ExecuteAsync(context);
    }
}
