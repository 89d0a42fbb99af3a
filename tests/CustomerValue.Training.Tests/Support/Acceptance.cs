namespace CustomerValue.Training.Tests.Support;

/// <summary>What is too long for every build runs where CUSTOMER_VALUE_ACCEPTANCE is 1.</summary>
internal static class Acceptance
{
    public static bool Wanted { get; } = Environment.GetEnvironmentVariable("CUSTOMER_VALUE_ACCEPTANCE") == "1";

    /// <summary>How often a run is killed: 100 times for acceptance.</summary>
    public static int Kills => Wanted ? 100 : 10;

    /// <summary>Customers of the documented demo: as documented for acceptance.</summary>
    public static string[] DemoSize => Wanted ? [] : ["--customers", "600", "--days", "500"];

    public static void Only(string why) => Assert.SkipUnless(Wanted, $"Set CUSTOMER_VALUE_ACCEPTANCE=1 to run this test: {why}.");
}
