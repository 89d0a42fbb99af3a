namespace CustomerValue.Training.Hosting;

/// <summary>How a person calls this program from where it runs.</summary>
internal static class ProgramName
{
    private static readonly bool s_inCheckout = File.Exists(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "CustomerValue.Training.csproj"));

    /// <summary>A command to copy: through <c>dotnet run</c> in a checkout, by its own name when installed.</summary>
    public static string Command(string arguments) => $"{(s_inCheckout ? "dotnet run --project training --" : "customer-value")} {arguments}";
}
