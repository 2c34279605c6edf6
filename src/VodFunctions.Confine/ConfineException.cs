namespace VodFunctions.Confine;

/// <summary>This machine does not permit the confinement, or the arguments are wrong.</summary>
/// <param name="message">One sentence.</param>
public sealed class ConfineException(string message) : Exception(message);
