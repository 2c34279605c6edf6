using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace VodFunctions.Local.Tests.Durable;

/// <summary>Keeps what is logged.</summary>
internal sealed class LogRecorder : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<LogEntry> _entries = new();

    public IReadOnlyList<LogEntry> Entries => [.. _entries];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var values = state as IReadOnlyList<KeyValuePair<string, object?>> ?? [];
        _entries.Enqueue(new LogEntry(eventId.Id, formatter(state, exception), exception, values.ToDictionary()));
    }

    public void Dispose()
    {
    }
}

internal sealed record LogEntry(int Id, string Text, Exception? Exception, Dictionary<string, object?> Values);
