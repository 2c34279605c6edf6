namespace VodFunctions.Local.Hosting;

/// <summary>The host cannot start; the message is one sentence for the person who started it.</summary>
/// <param name="message">What is wrong and, where possible, what to do.</param>
/// <param name="inner">The cause.</param>
public sealed class StartException(string message, Exception? inner = null) : Exception(message, inner);
