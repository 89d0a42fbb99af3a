namespace CustomerValue.Data.Transactions.Sources;

/// <summary>What a text holds: delimited lines or JSON.</summary>
public static class TextSources
{
    /// <summary>The source that turns JSON into lines where the text is JSON, and otherwise the text itself.</summary>
    public static ITransactionSource Of(ITextSource text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return JsonSource.Recognise(text) is { } json ? json : text;
    }
}
