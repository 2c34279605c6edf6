using Microsoft.Data.Sqlite;
using VodFunctions.Core.Orchestration;
using VodFunctions.Local.Durable;
using VodFunctions.Local.Durable.Journaling;
using Xunit;

namespace VodFunctions.Local.Tests.Durable;

public sealed class JournalFileTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly DurableSetup _setup = new DurableSetup().Orchestration("Echo", (context, input) => context.Echo(input));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_that_another_run_uses_is_refused_in_one_sentence()
    {
        await using (DurableHost first = DurableHost.Open(_folder.Path, _setup))
        {
            var error = Assert.Throws<DataFolderInUseException>(() => DurableHost.Open(_folder.Path, _setup));
            Assert.Contains("is in use by another run", error.Message, StringComparison.Ordinal);
            Assert.Equal(_folder.Path, error.Folder);
        }

        await using DurableHost second = DurableHost.Open(_folder.Path, _setup);
    }

    [Fact]
    public async Task A_new_folder_is_created_for_its_user_only()
    {
        string path = Path.Combine(_folder.Path, "new", "data");
        await using DurableHost host = DurableHost.Open(path, _setup);

        Assert.True(File.Exists(Path.Combine(path, JournalDatabase.FileName)));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public async Task A_journal_of_a_newer_program_is_refused_and_left_alone()
    {
        await using (DurableHost host = DurableHost.Open(_folder.Path, _setup))
        {
            await host.StartInstanceAsync("Echo");
        }

        SetVersion(7);
        var error = Assert.Throws<JournalVersionException>(() => DurableHost.Open(_folder.Path, _setup));
        Assert.Contains("has version 7, this program knows versions up to 1", error.Message, StringComparison.Ordinal);

        SetVersion(1);
        await using DurableHost again = await DurableHost.StartAsync(_folder.Path, _setup);
        Assert.Equal("in", await again.OutputAsync());
    }

    [Fact]
    public void A_file_that_is_no_journal_is_refused_and_the_folder_is_free_again()
    {
        string path = Path.Combine(_folder.Path, JournalDatabase.FileName);
        File.WriteAllText(path, new string('x', 10_000));
        Assert.Throws<SqliteException>(() => DurableHost.Open(_folder.Path, _setup));
        Assert.Equal(10_000, new FileInfo(path).Length);

        using DataFolderLock free = DataFolderLock.Take(_folder.Path);
    }

    [Fact]
    public async Task Every_commit_is_synced()
    {
        await using DurableHost host = DurableHost.Open(_folder.Path, _setup);
        Assert.Equal(2L, host.Database.Read(connection => connection.Scalar("PRAGMA synchronous")));
        Assert.Equal("wal", host.Database.Read(connection => connection.Scalar("PRAGMA journal_mode")));
    }

    [Fact]
    public async Task A_full_disk_halts_the_instances_and_loses_nothing()
    {
        string big = new('x', 20_000);
        _setup.Orchestration("Big", async (context, _) =>
        {
            for (int index = 0; index < 10; index++)
            {
                await context.Echo($"{index}{big}");
            }

            return "done";
        });
        await using DurableHost host = await DurableHost.StartAsync(_folder.Path, _setup);
        host.Database.Read(connection => connection.Scalar("PRAGMA max_page_count = 60"));
        await host.StartInstanceAsync("Big");
        await Eventually.TrueAsync(() => host.Logs.Entries.Any(entry => entry.Id == 7130), "the disk is full");
        Assert.Equal(InstanceStatus.Running, host.Instance()!.Status);
        await Assert.ThrowsAsync<SqliteException>(() => host.StartInstanceAsync("Echo", "no room", new string('x', 500_000)));
        Assert.Null(await host.Client.FindAsync("no room", CancellationToken.None));

        host.Database.Read(connection => connection.Scalar("PRAGMA max_page_count = 100000"));

        Assert.Equal("done", await host.OutputAsync());
        Assert.Equal(10, host.Logs.Entries.Count(entry => entry.Id == 7120));
    }

    [Fact]
    public async Task The_reader_tells_when_an_activity_ran()
    {
        await using DurableHost host = await DurableHost.StartAsync(_folder.Path, _setup);
        await host.StartInstanceAsync("Echo");
        await host.OutputAsync();

        JournalEvent completed = Assert.Single(host.History(JournalEventKind.ActivityCompleted));
        Assert.Equal((1, "Echo", "\"in\""), (completed.Number, completed.Name, completed.Payload));
        Assert.InRange(completed.StartedAt!.Value, host.Instance()!.CreatedAt, completed.At);
        Assert.Equal("\"in\"", host.Instance()!.Output);
    }

    private void SetVersion(int version)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.Path, JournalDatabase.FileName)};Pooling=False");
        connection.Open();
        connection.Execute($"PRAGMA user_version = {version}");
    }
}
