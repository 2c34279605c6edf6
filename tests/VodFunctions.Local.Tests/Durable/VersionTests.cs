using VodFunctions.Core.Orchestration;
using Xunit;

namespace VodFunctions.Local.Tests.Durable;

/// <summary>An instance keeps the version of the code that started it.</summary>
public sealed class VersionTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "old")]
    [InlineData("1.0", "old")]
    [InlineData("1.1", "new")]
    [InlineData("1.10", "new")]
    public async Task Later_code_goes_the_way_that_the_instance_began(string begunWith, string way)
    {
        await using (DurableHost before = await DurableHost.StartAsync(_folder.Path, Code(begunWith)))
        {
            await before.StartInstanceAsync("Two ways");
            await before.HasAsync(Local.Durable.Journaling.JournalEventKind.EventAwaited);
        }

        await using DurableHost after = await DurableHost.StartAsync(_folder.Path, Code("2.0"));
        await after.RaiseAsync("go");

        Assert.Equal($"{way} {begunWith}", await after.OutputAsync());
    }

    [Fact]
    public async Task An_instance_of_a_newer_version_waits_for_that_version()
    {
        await using (DurableHost before = await DurableHost.StartAsync(_folder.Path, Code("2.0")))
        {
            await before.StartInstanceAsync("Two ways");
            await before.HasAsync(Local.Durable.Journaling.JournalEventKind.EventAwaited);
        }

        await using (DurableHost older = await DurableHost.StartAsync(_folder.Path, Code("1.0")))
        {
            await older.RaiseAsync("go");
            await Eventually.TrueAsync(() => older.Logs.Entries.Any(entry => entry.Id == 7115), "the instance is left alone");
            Assert.Equal(InstanceStatus.Running, await older.Client.FindAsync("one", CancellationToken.None));
        }

        await using DurableHost again = await DurableHost.StartAsync(_folder.Path, Code("2.0"));
        Assert.Equal("new 2.0", await again.OutputAsync());
    }

    private static DurableSetup Code(string version) => new DurableSetup { Options = options => options.Version = version }
        .Orchestration("Two ways", async (context, _) =>
        {
            bool isNew = context.CompareVersionTo("1.1") >= 0;
            if (isNew)
            {
                await context.Echo("new");
            }

            await context.WaitForExternalEvent<object>("go");
            return $"{(isNew ? "new" : "old")} {context.Version}";
        });
}
