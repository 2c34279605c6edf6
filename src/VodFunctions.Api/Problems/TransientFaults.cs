using System.Net.Sockets;
using VodFunctions.Api.Auth;

namespace VodFunctions.Api.Problems;

/// <summary>Tells "it does not answer now" from a fault of ours.</summary>
internal static class TransientFaults
{
    private const string AzureFault = "Azure.RequestFailedException";

    public static bool Includes(Exception exception) => exception switch
    {
        TokenKeysUnavailableException or TimeoutException or SocketException or HttpRequestException => true,
        // What a client library throws when it gave up waiting; that the caller has gone is asked before.
        OperationCanceledException => true,
        // Azure's retries end in one of these, with every try inside.
        AggregateException several => several.InnerExceptions.Count > 0 && several.InnerExceptions.All(Includes),
        IOException { InnerException: SocketException } => true,
        _ => IsAzureFault(exception),
    };

    // By name: this project references no Azure package. Status 0 is a request that never got an answer.
    private static bool IsAzureFault(Exception exception)
    {
        for (Type? type = exception.GetType(); type is not null; type = type.BaseType)
        {
            if (type.FullName == AzureFault)
            {
                return type.GetProperty("Status")?.GetValue(exception) is int status
                    && (status is 0 or 408 or 429 || status >= 500);
            }
        }

        return false;
    }
}
