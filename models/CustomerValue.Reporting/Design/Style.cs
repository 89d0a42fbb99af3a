namespace CustomerValue.Reporting.Design;

/// <summary>The style sheet of pages and reports.</summary>
public static class Style
{
    /// <summary>The style sheet's text.</summary>
    public static string Text { get; } = Read();

    private static string Read()
    {
        using StreamReader reader = new(typeof(Style).Assembly.GetManifestResourceStream("design.css")!);
        return reader.ReadToEnd();
    }
}
