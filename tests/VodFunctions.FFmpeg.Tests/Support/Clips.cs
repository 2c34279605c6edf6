using System.Collections.Concurrent;
using System.Diagnostics;

namespace VodFunctions.FFmpeg.Tests.Support;

/// <summary>Small clips, each made once a run with the installed FFmpeg.</summary>
public sealed class Clips : IDisposable
{
    /// <summary>A moving picture of 160x90 at 30 fps, two seconds.</summary>
    public const string Picture = "-f lavfi -i testsrc=s=160x90:r=30:d=2";

    public const string Sound = "-f lavfi -i sine=f=440:d=2";

    public const string H264 = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p";

    private readonly TestFolder _folder = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _made = new();

    /// <summary>A clip by FFmpeg's arguments without its output.</summary>
    public Task<string> Make(string name, string arguments) => Once(name, async path =>
    {
        await Run(["-v", "error", "-y", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), path]);
    });

    /// <summary>A clip as FFmpeg writes it into a pipe: it can not go back to fill in lengths.</summary>
    public Task<string> MakePiped(string name, string arguments) => Once(name, async path =>
    {
        await using FileStream file = File.Create(path);
        await Run(["-v", "error", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), "pipe:1"], file);
    });

    /// <summary>A file made of another's bytes.</summary>
    public Task<string> Change(string name, Task<string> of, Func<byte[], byte[]> change) => Once(name, async path =>
        await File.WriteAllBytesAsync(path, change(await File.ReadAllBytesAsync(await of))));

    public Task<string> Text(string name, string text) => Once(name, path => File.WriteAllTextAsync(path, text));

    public Task<string> Mp4() => Make("plain.mp4", $"{Picture} {Sound} {H264} -c:a aac");

    public Task<string> FastStart() => Make("fast.mp4", $"{Picture} {Sound} {H264} -c:a aac -movflags +faststart");

    public void Dispose() => _folder.Dispose();

    private Task<string> Once(string name, Func<string, Task> make) => _made.GetOrAdd(name, _ => new(async () =>
    {
        string path = _folder.File(name);
        await make(path);
        return path;
    })).Value;

    private static async Task Run(IReadOnlyList<string> arguments, Stream? output = null)
    {
        var info = new ProcessStartInfo("ffmpeg", ["-nostdin", .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(info)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.BaseStream.CopyToAsync(output ?? Stream.Null);
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
    }
}
