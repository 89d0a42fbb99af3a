using CustomerValue.Architecture.Tests.Source;

namespace CustomerValue.Architecture.Tests;

/// <summary>Files that are made from the sources and committed, so that people read them: they are compared on every run, and written where CUSTOMER_VALUE_REWRITE is 1.</summary>
internal static class Generated
{
    private static readonly bool s_rewrite = Environment.GetEnvironmentVariable("CUSTOMER_VALUE_REWRITE") == "1";

    public static void ShouldBeCommitted(string text, params string[] path)
    {
        string file = House.PathOf(path);
        if (s_rewrite)
            File.WriteAllText(file, text);
        File.Exists(file).Should().BeTrue($"{string.Join('/', path)} is made from the sources; run this test with CUSTOMER_VALUE_REWRITE=1 to write it");
        File.ReadAllText(file).Should().Be(text, $"{string.Join('/', path)} tells how things are; run this test with CUSTOMER_VALUE_REWRITE=1, look at the difference and commit it");
    }
}
