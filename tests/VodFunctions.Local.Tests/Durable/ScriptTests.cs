using FsCheck;
using FsCheck.Fluent;
using VodFunctions.Core.Orchestration;
using VodFunctions.Local.Durable.Journaling;
using Xunit;

namespace VodFunctions.Local.Tests.Durable;

public sealed class ScriptTests
{
    [Fact]
    public void Any_orchestration_comes_to_what_it_says_however_often_it_is_killed()
    {
        Gen<int[]> kills = Gen.Choose(0, 4).SelectMany(count => Gen.Choose(1, 20).ArrayOf(count));
        Gen<(Script Script, int[] Kills)> cases = Script.Generate(3).SelectMany(script => kills.Select(moments => (script, moments)));

        Prop.ForAll(cases.ToArbitrary(), one => Check(one.Script, one.Kills)).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    private static void Check(Script script, int[] kills) => CheckAsync(script, kills).GetAwaiter().GetResult();

    private static async Task CheckAsync(Script script, int[] kills)
    {
        using var folder = new TestFolder();
        var walk = new CrashWalk(
            folder,
            (_, isDead) => new DurableSetup()
                .Activity("Echo", input => isDead() ? throw new KilledException() : input)
                .Activity("Throw", input => throw new InvalidOperationException($"!{input}"))
                .Orchestration("Walk", (context, _) => script.RunAsync(context)),
            [.. script.Events]);

        JournalInstance ended = await walk.RunAsync(kills);

        Assert.True(ended.Status == InstanceStatus.Completed, $"{string.Join(", ", walk.Kills)}: {ended.Error}");
        Assert.Equal($"\"{script.Expected}\"", ended.Output);
        Assert.Equal((0, 0, 0), (ended.PendingActivities, ended.PendingTimers, ended.PendingMessages));
    }
}
