using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using VodFunctions.Api.Calls;
using VodFunctions.Api.Endpoints;

namespace VodFunctions.Api;

/// <summary>Maps the API in a host that has ASP.NET Core routing.</summary>
public static class VodApiRoutes
{
    /// <summary>Maps every endpoint below <c>/api</c>, with preflights, 404 and 405 for the rest of <c>/api</c>.</summary>
    public static IEndpointRouteBuilder MapVodApi(this IEndpointRouteBuilder routes)
    {
        VodApi api = routes.ServiceProvider.GetRequiredService<VodApi>();
        CrossOrigin crossOrigin = routes.ServiceProvider.GetRequiredService<CrossOrigin>();
        foreach (VodEndpoint endpoint in api.Endpoints)
        {
            routes.MapMethods($"{VodApi.Prefix}/{endpoint.Route}", endpoint.Methods, async context =>
            {
                crossOrigin.Allow(context);
                IResult result = await api.InvokeAsync(endpoint.Name, context);
                await result.ExecuteAsync(context);
            });
        }

        routes.Map($"{VodApi.Prefix}/{{**rest}}", async context =>
        {
            crossOrigin.Allow(context);
            IResult result = crossOrigin.AnswerPreflight(context) ?? api.InvokeUnknown(context);
            await result.ExecuteAsync(context);
        });
        return routes;
    }
}
