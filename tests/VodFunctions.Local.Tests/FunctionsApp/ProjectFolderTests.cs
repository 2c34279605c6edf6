using VodFunctions.Testing;
using Xunit;

namespace VodFunctions.Local.Tests.FunctionsApp;

/// <summary><c>dotnet build src/VodFunctions</c> takes the project of that folder: of two it may take the wrong one.</summary>
public sealed class ProjectFolderTests
{
    [Fact]
    public void A_folder_has_one_project() => Assert.All(
        Directory.GetDirectories(Repository.File("src")).Concat(Directory.GetDirectories(Repository.File("tests"))),
        folder => Assert.InRange(Directory.GetFiles(folder, "*.*proj").Length, 0, 1));
}
