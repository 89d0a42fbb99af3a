namespace CustomerValue.TestKit;

/// <summary>The browser that pages are opened in: Debian's Chromium, wherever the search path has it.</summary>
public static class Chromium
{
    private static readonly string? s_path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/bin")
        .Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists);

    /// <summary>Its path; skips the test where it is not installed.</summary>
    public static string Program()
    {
        Needs.Tool(s_path is not null, "Chromium is absent: install Debian's chromium to open pages in a browser.");
        return s_path!;
    }
}
