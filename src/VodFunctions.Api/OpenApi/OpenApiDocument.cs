namespace VodFunctions.Api.OpenApi;

/// <summary>
/// The API's description, written by hand: the Functions host has no endpoint metadata to generate it from. Tests hold it
/// against the endpoints and their answers.
/// </summary>
public static class OpenApiDocument
{
    private static readonly Lazy<byte[]> s_bytes = new(Read);

    /// <summary>JSON, UTF-8.</summary>
    public static ReadOnlyMemory<byte> Bytes => s_bytes.Value;

    private static byte[] Read()
    {
        using Stream resource = typeof(OpenApiDocument).Assembly.GetManifestResourceStream("openapi.json")!;
        using var copy = new MemoryStream();
        resource.CopyTo(copy);
        return copy.ToArray();
    }
}
