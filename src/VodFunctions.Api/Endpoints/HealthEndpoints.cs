using Microsoft.AspNetCore.Http;
using VodFunctions.Api.Calls;
using VodFunctions.Api.Health;
using VodFunctions.Api.Problems;

namespace VodFunctions.Api.Endpoints;

/// <summary><c>/api/health</c>.</summary>
internal sealed class HealthEndpoints(Readiness readiness, ProblemResults problems)
{
    /// <summary>The process answers; nothing else is asked, so that a failing store restarts nobody.</summary>
    public static Task<IResult> LiveAsync() => Task.FromResult<IResult>(ApiResult.Json(new HealthBody("live")));

    /// <summary>Whether all that the API needs answers too.</summary>
    public async Task<IResult> ReadyAsync(ApiCall call)
    {
        IReadOnlyList<MissingPart> missing = await readiness.AskAsync(call.Cancellation);
        return missing.Count == 0 ? ApiResult.Json(new ReadyBody("ready", readiness.Notes)) : problems.NotReady(missing);
    }

    private sealed record HealthBody(string Status);

    private sealed record ReadyBody(string Status, IReadOnlyList<PartNote> Notes);
}
