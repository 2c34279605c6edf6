using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.Options;
using VodFunctions.Core.Orchestration;

namespace VodFunctions.Hosting;

/// <summary>
/// Keeps what this app does not run out of what the worker reports to the host. What was never reported is neither triggered
/// nor asked of the task hub, while a function that the host has disabled is still one that it knows.
/// </summary>
internal sealed class RoleFunctions(IEnumerable<ActivityName> activities, IOptions<FunctionsOptions> options)
    : IFunctionMetadataTransformer
{
    private readonly HashSet<string> _media =
        [.. activities.Where(activity => activity.Load == ActivityLoad.Media).Select(activity => activity.Name)];

    public string Name => nameof(RoleFunctions);

    public void Transform(IList<IFunctionMetadata> original)
    {
        for (int index = original.Count - 1; index >= 0; index--)
        {
            if (!Runs(original[index].Name))
            {
                original.RemoveAt(index);
            }
        }
    }

    private bool Runs(string? function) => IsOfRole(function!) && function switch
    {
        "OnUpload" => options.Value.UploadSource == UploadSource.EventGrid,
        "OnUploadScan" => options.Value.UploadSource == UploadSource.Scan,
        _ => true,
    };

    private bool IsOfRole(string function) => options.Value.Role switch
    {
        AppRole.Media => _media.Contains(function),
        AppRole.Api => !_media.Contains(function),
        _ => true,
    };
}
