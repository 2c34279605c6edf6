namespace VodFunctions.Local.Durable.Running;

/// <summary>Lets one loop sleep until somebody has something for it. A call while it is awake is not lost.</summary>
internal sealed class Wake
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Wakes it.</summary>
    public void Set()
    {
        lock (_gate)
        {
            _source.TrySetResult();
        }
    }

    /// <summary>
    /// From now on only new calls count. Take the task before looking whether there is something to do.
    /// </summary>
    public Task Reset()
    {
        lock (_gate)
        {
            if (_source.Task.IsCompleted)
            {
                _source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return _source.Task;
        }
    }
}
