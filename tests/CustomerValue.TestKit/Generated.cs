using Xunit;

namespace CustomerValue.TestKit;

/// <summary>Files that are made from the sources and committed, so that people read them: they are compared on every run, and written where CUSTOMER_VALUE_REWRITE is 1.</summary>
public static class Generated
{
    private static readonly bool s_rewrite = Environment.GetEnvironmentVariable("CUSTOMER_VALUE_REWRITE") == "1";

    /// <summary>Asserts that a committed file holds a text.</summary>
    /// <param name="text">What it should hold.</param>
    /// <param name="path">Its path in the repository, folder by folder.</param>
    public static void ShouldBeCommitted(string text, params string[] path) => ShouldBeCommitted(text, FirstLine, path);

    /// <summary>Asserts that a committed file holds a text.</summary>
    /// <param name="text">What it should hold.</param>
    /// <param name="differs">Says in words where the committed text, given first, and what it should be differ.</param>
    /// <param name="path">Its path in the repository, folder by folder.</param>
    public static void ShouldBeCommitted(string text, Func<string, string, string> differs, params string[] path)
    {
        string file = ReferenceData.InRepository(path), name = string.Join('/', path);
        if (s_rewrite)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
        Assert.True(File.Exists(file), $"{name} is made from the sources; run this test with CUSTOMER_VALUE_REWRITE=1 to write it");
        string committed = File.ReadAllText(file);
        Assert.True(committed == text, committed == text ? "" : $"{name} tells how things are, and they changed:\n{differs(committed, text)}\nRun this test with CUSTOMER_VALUE_REWRITE=1, look at the difference and commit it.");
    }

    private static string FirstLine(string committed, string text)
    {
        string[] before = committed.Split('\n'), now = text.Split('\n');
        int line = before.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"line {line + 1}: found '{before.ElementAtOrDefault(line)}', expected '{now.ElementAtOrDefault(line)}'";
    }
}
