#pragma warning disable IDE0130 // The namespace is what it is about: the name that the API looks for.
namespace Azure;

/// <summary>Stands for the type of the same name in Azure.Core, which this project does not reference.</summary>
internal class RequestFailedException(int status) : Exception("The request failed.")
{
    public int Status { get; } = status;
}

internal sealed class DerivedFailedException(int status) : RequestFailedException(status);
