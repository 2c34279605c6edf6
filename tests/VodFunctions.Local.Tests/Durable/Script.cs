using FsCheck;
using FsCheck.Fluent;
using Microsoft.DurableTask;
using VodFunctions.Core.Orchestration;

namespace VodFunctions.Local.Tests.Durable;

/// <summary>An orchestration as data: what an engine must make of it can be told without one.</summary>
internal abstract record Script
{
    /// <summary>What it comes to.</summary>
    public abstract string Expected { get; }

    /// <summary>The events that must be raised for it to end.</summary>
    public virtual IEnumerable<string> Events => [];

    /// <summary>Runs it on an engine.</summary>
    public abstract Task<string> RunAsync(TaskOrchestrationContext context);

    /// <summary>Scripts up to a depth.</summary>
    public static Gen<Script> Generate(int depth)
    {
        Gen<string> names = Gen.Elements("a", "b", "c");
        Gen<Script> leaf = Gen.OneOf(
            names.Select(name => (Script)new Act(name, Fails: false)),
            names.Select(name => (Script)new Act(name, Fails: true)),
            names.Select(name => (Script)new Await(name)),
            Gen.Choose(1, 200).Select(seconds => (Script)new Sleep(seconds)),
            Gen.Choose(1, 200).SelectMany(one => Gen.Choose(1, 200).Select(other => (Script)new TimerRace(one, other))),
            names.SelectMany(name => Gen.Choose(1, 200).Select(seconds => (Script)new EventRace(name, seconds))));
        if (depth == 0)
        {
            return leaf;
        }

        Gen<Script[]> parts = Gen.Choose(1, 4).SelectMany(count => Generate(depth - 1).ArrayOf(count));
        return Gen.OneOf(
            leaf, parts.Select(all => (Script)new Sequence(all)), parts.Select(all => (Script)new Parallel(all)));
    }

    private static async Task<string> RaceAsync(TaskOrchestrationContext context, Task first, string ifFirst, int seconds, string ifTimer)
    {
        using var lost = new CancellationTokenSource();
        Task timer = context.CreateTimer(TimeSpan.FromSeconds(seconds), lost.Token);
        bool timerWon = await Task.WhenAny(first, timer) == timer;
        Cancel(lost);
        return timerWon ? ifTimer : ifFirst;
    }

    private static void Cancel(CancellationTokenSource lost) => lost.Cancel();

    internal sealed record Act(string Name, bool Fails) : Script
    {
        public override string Expected => Fails ? $"!{Name}" : Name;

        public override async Task<string> RunAsync(TaskOrchestrationContext context)
        {
            try
            {
                return await context.Call(Fails ? "Throw" : "Echo", Name);
            }
            catch (TaskFailedException failure)
            {
                return failure.FailureDetails.ErrorMessage;
            }
        }
    }

    internal sealed record Sleep(int Seconds) : Script
    {
        public override string Expected => $"s{Seconds}";

        public override async Task<string> RunAsync(TaskOrchestrationContext context)
        {
            DateTimeOffset until = context.UtcNow.AddSeconds(Seconds);
            await context.Sleep(Seconds);
            return context.UtcNow < until ? "too early" : $"s{Seconds}";
        }
    }

    internal sealed record Await(string Name) : Script
    {
        public override string Expected => $"e{Name}";

        public override IEnumerable<string> Events => [Name];

        public override async Task<string> RunAsync(TaskOrchestrationContext context)
        {
            await context.WaitForExternalEvent<object>(Name);
            return $"e{Name}";
        }
    }

    internal sealed record TimerRace(int One, int Other) : Script
    {
        public override string Expected => $"t{Math.Min(One, Other)}";

        public override async Task<string> RunAsync(TaskOrchestrationContext context)
        {
            using var lost = new CancellationTokenSource();
            Task one = context.CreateTimer(TimeSpan.FromSeconds(One), lost.Token);
            string winner = await RaceAsync(context, one, $"t{One}", Other, $"t{Other}");
            Cancel(lost);
            return winner;
        }
    }

    /// <summary>The events are all raised before the clock moves, so the event wins.</summary>
    internal sealed record EventRace(string Name, int Seconds) : Script
    {
        public override string Expected => $"r{Name}";

        public override IEnumerable<string> Events => [Name];

        public override Task<string> RunAsync(TaskOrchestrationContext context) =>
            RaceAsync(context, context.WaitForExternalEvent<object>(Name), $"r{Name}", Seconds, "timer");
    }

    internal sealed record Sequence(Script[] Parts) : Script
    {
        public override string Expected => $"({string.Join(' ', Parts.Select(part => part.Expected))})";

        public override IEnumerable<string> Events => Parts.SelectMany(part => part.Events);

        public override async Task<string> RunAsync(TaskOrchestrationContext context)
        {
            var said = new List<string>();
            foreach (Script part in Parts)
            {
                said.Add(await part.RunAsync(context));
            }

            return $"({string.Join(' ', said)})";
        }
    }

    internal sealed record Parallel(Script[] Parts) : Script
    {
        public override string Expected => $"[{string.Join(' ', Parts.Select(part => part.Expected))}]";

        public override IEnumerable<string> Events => Parts.SelectMany(part => part.Events);

        public override async Task<string> RunAsync(TaskOrchestrationContext context) =>
            $"[{string.Join(' ', await Task.WhenAll(Parts.Select(part => part.RunAsync(context))))}]";
    }
}
