using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VodFunctions.Api.Auth;
using VodFunctions.Api.Calls;
using VodFunctions.Api.Endpoints;
using VodFunctions.Api.Problems;
using VodFunctions.Api.Settings;
using VodFunctions.Core.Problems;
using VodFunctions.Core.Videos;

namespace VodFunctions.Api;

/// <summary>
/// The whole way of a call, from authentication to the problem document, without any middleware of the host: the local
/// host and the Functions app both come in here. It throws nothing.
/// </summary>
public sealed class VodApi
{
    /// <summary>What stands before every route.</summary>
    public const string Prefix = "/api";

    private const int ClientClosedRequest = 499;

    private readonly FrozenDictionary<string, VodEndpoint> _byName;
    private readonly IServiceProvider _services;
    private readonly TokenValidator _tokens;
    private readonly ProblemResults _problems;
    private readonly TimeProvider _time;
    private readonly ILogger<VodApi> _logger;
    private readonly string _frontDoorId;

    /// <summary>Joins the table with what the host adds to it (<see cref="VodEndpoint"/>s among its services).</summary>
    internal VodApi(
        IServiceProvider services, IEnumerable<VodEndpoint> added, TokenValidator tokens, ProblemResults problems,
        TimeProvider time, IOptions<ApiOptions> options, ILogger<VodApi> logger)
    {
        Endpoints = [.. VodEndpoints.All, .. added];
        _byName = Endpoints.ToFrozenDictionary(endpoint => endpoint.Name, StringComparer.Ordinal);
        (_services, _tokens, _problems, _time, _logger) = (services, tokens, problems, time, logger);
        _frontDoorId = options.Value.FrontDoorId;
    }

    /// <summary>Every endpoint of this host.</summary>
    public IReadOnlyList<VodEndpoint> Endpoints { get; }

    /// <summary>Handles a call.</summary>
    /// <param name="endpointName">See <see cref="VodEndpoint.Name"/>.</param>
    /// <param name="context">The request; nothing is written to its response until the result is executed.</param>
    /// <returns>The answer, always: problems too.</returns>
    public async Task<IResult> InvokeAsync(string endpointName, HttpContext context)
    {
        VodEndpoint endpoint = _byName[endpointName];
        VideoId? videoId = null;
        using var limit = new CancellationTokenSource(endpoint.Limit, _time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, limit.Token);
        try
        {
            if (endpoint.Name != "GetLiveness" && CameAroundFrontDoor(context))
            {
                // RFC 9110 section 15.5.20: not the place to ask. Nothing of the API's own, which its description would have.
                return ApiResult.Empty(StatusCodes.Status421MisdirectedRequest);
            }

            string? token = endpoint.Access == Access.Anyone ? null : BearerToken.Find(context.Request);
            Caller? caller = string.IsNullOrEmpty(token) ? null : await _tokens.ValidateAsync(token, ended.Token);
            if (caller is null && (token is not null || endpoint.Access > Access.Optional))
            {
                return ProblemResults.Unauthenticated(tokenSent: token is not null);
            }

            DemandRole(endpoint, caller);
            videoId = Routes.ReadVideoId(endpoint.Route, context.Request.Path);
            return await endpoint.Handler(_services, new ApiCall(context, caller, videoId, ended.Token));
        }
        catch (ProblemException problem)
        {
            _logger.Refused(videoId, endpoint.Name, problem.Code.ToString());
            return _problems.Of(problem);
        }
        catch (Exception exception) when (
            exception is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            return ApiResult.Empty(ClientClosedRequest);
        }
        catch (BadHttpRequestException bad)
        {
            // The server's own limits, met while the body was read.
            return bad.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? _problems.Of(ProblemCode.RequestTooLarge, "The body is too large.")
                : _problems.Of(ProblemCode.InvalidRequest, "The request is not understood.");
        }
        catch (IOException malformed) when (malformed.InnerException is OverflowException)
        {
            // How Kestrel says that the size of a chunk (RFC 9112 section 7.1) is more than it can count.
            return _problems.Of(ProblemCode.InvalidRequest, "The request is not understood.");
        }
        catch (Exception exception) when (TransientFaults.Includes(exception))
        {
            _logger.Unavailable(exception, videoId, endpoint.Name);
            return _problems.Of(
                ProblemCode.ServiceUnavailable, "Something that is needed does not answer now. Please try again.");
        }
#pragma warning disable CA1031 // The last line: whatever else happens is logged, and the caller learns no more than that.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _logger.Failed(exception, videoId, endpoint.Name);
            return _problems.Of(ProblemCode.Internal, "Something went wrong on our side.");
        }
    }

    /// <summary>Handles a path or method that no endpoint has: 404, or 405 with what the path allows.</summary>
    public IResult InvokeUnknown(HttpContext context)
    {
        string[] allowed =
        [
            .. Endpoints.Where(endpoint => Routes.Matches(endpoint.Route, context.Request.Path))
                .SelectMany(endpoint => endpoint.Methods)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
        return allowed.Length > 0
            ? ProblemResults.MethodNotAllowed(allowed)
            : _problems.Of(ProblemCode.NotFound, "There is no such path.");
    }

    private bool CameAroundFrontDoor(HttpContext context) =>
        _frontDoorId.Length > 0
        && !string.Equals(context.Request.Headers["X-Azure-FDID"], _frontDoorId, StringComparison.OrdinalIgnoreCase);

    private static void DemandRole(VodEndpoint endpoint, Caller? caller)
    {
        bool missing = endpoint.Access switch
        {
            Access.Uploader => caller is not { IsUploader: true },
            Access.Admin => caller is not { IsAdmin: true },
            _ => false,
        };
        if (missing)
        {
            throw new ProblemException(
                ProblemCode.Forbidden, $"The role {endpoint.Access.ToString().ToLowerInvariant()} is needed.");
        }
    }
}
