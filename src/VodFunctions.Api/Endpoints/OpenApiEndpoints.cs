using Microsoft.AspNetCore.Http;
using VodFunctions.Api.Calls;
using VodFunctions.Api.OpenApi;

namespace VodFunctions.Api.Endpoints;

/// <summary><c>/api/openapi.json</c>.</summary>
internal static class OpenApiEndpoints
{
    public static Task<IResult> GetAsync() => Task.FromResult<IResult>(ApiResult.Bytes(
        OpenApiDocument.Bytes, "application/json", StatusCodes.Status200OK, "public, max-age=300"));
}
