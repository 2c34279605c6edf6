namespace VodFunctions.Local.Tests.EndToEnd.Faults;

/// <summary>
/// Programs named ffmpeg and ffprobe that misbehave as long as they are told to, and otherwise run the real ones. Only runs
/// that make video or sound misbehave; what else is asked of them (versions, codecs, stills) is always answered.
/// </summary>
internal sealed class FaultyFFmpeg : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vod-faulty-");

    public FaultyFFmpeg()
    {
        // The sandbox may run it as nobody.
        _folder.FullName.MakePublic();
        Write("ffmpeg", "-progress", "ffmpeg");
        Write("ffprobe", "json", "ffprobe");
        Be(Fault.None);
    }

    /// <summary>The settings that choose these programs.</summary>
    public string[] Settings => ["--Vod:Transcoding:FFmpegFolder", _folder.FullName];

    public void Be(Fault fault)
    {
        File.Delete(ReleaseFile);
        string part = PathOf("part");
        File.WriteAllText(part, fault.ToString());
        File.Move(part, PathOf("fault"), overwrite: true);
    }

    /// <summary>Lets those go on that are held, and later ones work at once.</summary>
    public void Release()
    {
        File.WriteAllText(PathOf("fault"), nameof(Fault.None));
        File.WriteAllText(ReleaseFile, "");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string ReleaseFile => PathOf("release");

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private void Write(string name, string onlyWith, string program)
    {
        string real = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program)).First(File.Exists);
        string held = program == "ffprobe" ? nameof(Fault.HoldProbe) : nameof(Fault.HoldEncode);
        string faults = program == "ffprobe" ? "" :
            $$"""
                Linger) '{{real}}' "$@"; while :; do sleep 0.05; done ;;
                Crash) kill -s SEGV $$ ;;
                Hang) while :; do sleep 1; done ;;
                Fill) while :; do n=$((${n:-0} + 1)); head -c 400000 /dev/zero >"filler$n"; sleep 0.02; done ;;
                FillDisk) cat /dev/zero >filler ;;

            """;
        File.WriteAllText(
            PathOf(name),
            $"""
            #!/bin/sh
            folder='{_folder.FullName}'
            case " $* " in
              *" {onlyWith} "*) read -r fault <"$folder/fault" || : ;;
              *) fault=None ;;
            esac
            case $fault in
            {faults}    {held}) while [ ! -e "$folder/release" ]; do sleep 0.05; done ;;
            esac
            exec '{real}' "$@"

            """);
        PathOf(name).MakePublic();
    }
}
