using Microsoft.DurableTask;
using VodFunctions.Core.Probing;
using VodFunctions.Core.Uploads;
using VodFunctions.Core.Videos;

namespace VodFunctions.Core.Processing;

/// <summary>Turns what went wrong into the job's error.</summary>
internal static class JobErrors
{
    public static JobError Deadline { get; } = new(JobErrorCode.TimedOut, "The job's deadline has passed.");

    /// <summary>All attempts at an activity failed. Engines hand over the exception's type as a name only.</summary>
    public static JobError From(TaskFailedException failure)
    {
        string type = failure.FailureDetails.ErrorType;
        JobErrorCode code =
            type == typeof(EncodeFailedException).FullName ? JobErrorCode.EncodeFailed
            : type == typeof(MediaTimedOutException).FullName ? JobErrorCode.TimedOut
            : type == typeof(SourceGoneException).FullName ? JobErrorCode.SourceGone
            : JobErrorCode.Internal;
        // Messages of foreign exceptions may hold paths or addresses: only our own are kept.
        string detail = code == JobErrorCode.Internal ? type : failure.FailureDetails.ErrorMessage;
        return new JobError(code, $"{failure.TaskName}: {detail}");
    }

    /// <summary>Whether another attempt would be in vain, and with what the job then ends.</summary>
    public static JobError? AsFinal(Exception exception) => exception switch
    {
        SourceGoneException => new JobError(JobErrorCode.SourceGone, exception.Message),
        MediaTimedOutException => new JobError(JobErrorCode.TimedOut, exception.Message),
        MediaToolException tool when new JobError(tool.Code).IsRejection => new JobError(tool.Code, exception.Message),
        _ => null,
    };
}
