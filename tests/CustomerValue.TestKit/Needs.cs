using Xunit;

namespace CustomerValue.TestKit;

/// <summary>
/// What a test needs beside the repository. Where it is absent the test is skipped and says what to install; a continuous-integration run (<c>CI=true</c>) installs its
/// tools, so there the test fails: a check that nobody notices missing is none.
/// </summary>
public static class Needs
{
    /// <summary>Whether this is a continuous-integration run.</summary>
    public static bool InContinuousIntegration { get; } = string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Asks for a tool that every continuous-integration run installs.</summary>
    /// <param name="isPresent">Whether it was found.</param>
    /// <param name="absent">What is absent, and how to get it.</param>
    public static void Tool(bool isPresent, string absent)
    {
        if (isPresent)
            return;
        if (InContinuousIntegration)
            Assert.Fail($"{absent} CI=true asks for every test.");
        Assert.Skip(absent);
    }
}
