namespace VodFunctions.Local.Durable.Replay;

/// <summary>
/// An orchestration did not do on replay what its history says, or ran outside its context. Its instance fails: going
/// on would mix up
/// results.
/// </summary>
/// <param name="message">What was recorded and what came now.</param>
public sealed class NonDeterministicOrchestrationException(string message) : Exception(
    $"{message} An orchestration may use only its context: no clock, randomness, threads or other tasks of its own.");
