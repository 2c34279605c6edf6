namespace VodFunctions.Local.Durable.Replay;

/// <summary>
/// Runs an orchestration's code on the one thread that replays it, one piece after the other. What is queued from
/// another thread, or after the replay, is proof that the code awaits something that is not of its context.
/// </summary>
/// <param name="leftContext">Told about it, on whatever thread.</param>
internal sealed class StepScheduler(Action<string> leftContext) : TaskScheduler
{
    private readonly Queue<Task> _queue = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private volatile bool _closed;

    /// <inheritdoc />
    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Whether the caller is the orchestration's code where it may be.</summary>
    public bool IsInside => !_closed && Environment.CurrentManagedThreadId == _thread;

    /// <summary>Runs something and all that follows from it.</summary>
    public void Run(Action action)
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new Context(this));
        try
        {
            Task first = Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.None, this);
            while (_queue.TryDequeue(out Task? task))
            {
                TryExecuteTask(task);
            }

            first.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>Nothing may come any more.</summary>
    public void Close() => _closed = true;

    /// <summary>The code was seen where it may not be.</summary>
    public void ReportLeft(string what) => leftContext(what);

    /// <inheritdoc />
    protected override void QueueTask(Task task)
    {
        if (IsInside)
        {
            _queue.Enqueue(task);
        }
        else
        {
            // The task never runs: the instance fails anyway.
            ReportLeft("It awaited a task that is not of its context.");
        }
    }

    /// <inheritdoc />
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        IsInside && !taskWasPreviouslyQueued && TryExecuteTask(task);

    /// <inheritdoc />
    protected override IEnumerable<Task> GetScheduledTasks() => [];

    private sealed class Context(StepScheduler scheduler) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => Task.Factory.StartNew(
            () => Invoke(d, state), CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);

        public override void Send(SendOrPostCallback d, object? state) => d(state);

        // The same context for whatever copies it: awaits compare it by reference.
        public override SynchronizationContext CreateCopy() => this;

        private void Invoke(SendOrPostCallback d, object? state)
        {
            try
            {
                d(state);
            }
            catch (Exception error)
            {
                // Continuations of tasks never throw here: only an async void method does.
                scheduler.ReportLeft($"An async void method of it threw {error.GetType().Name}.");
            }
        }
    }
}
