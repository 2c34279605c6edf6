using VodFunctions.Testing;
using Xunit;

namespace VodFunctions.Core.Tests.Testing;

/// <summary>A table of states that leaves something out is no table.</summary>
public sealed class StateTableTests
{
    [Fact]
    public void Blocks_with_the_same_rows_are_one_table()
    {
        var table = new StateTable("state|a|b\none|1|2\ntwo|=|!\n\nstate | c\none   | 3\ntwo   | .");

        Assert.Equal(["one", "two"], table.States);
        Assert.Equal(["a", "b", "c"], table.Events);
        Assert.Equal(("2", "=", "."), (table["one", "b"], table["two", "a"], table["two", "c"]));
    }

    [Theory]
    [InlineData("state|a|b\none|1")]
    [InlineData("state|a|b\none|1|2|3")]
    [InlineData("state|a|b\none|1|")]
    [InlineData("state|a|b\none| |2")]
    [InlineData("state|a\none|1\none|1")]
    [InlineData("state|a|a\none|1|2")]
    [InlineData("state|a\none|1\n\nstate|a\none|1")]
    [InlineData("state|a\none|1\ntwo|1\n\nstate|b\none|1")]
    [InlineData("state|a\none|1\n\nstate|b\none|1\ntwo|1")]
    [InlineData("state|a\none|1\ntwo|1\n\nstate|b\ntwo|1\none|1")]
    public void A_cell_that_is_missing_empty_or_there_twice_is_refused(string text) =>
        Assert.Throws<FormatException>(() => new StateTable(text));
}
