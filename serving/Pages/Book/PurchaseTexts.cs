using System.Globalization;
using CustomerValue.CustomerBook;

namespace CustomerValue.Serving.Pages.Book;

/// <summary>A customer's last purchase days, as the book tells them.</summary>
internal static class PurchaseTexts
{
    /// <summary>The days, oldest first, each with what was bought and returned on it; none where the book has none.</summary>
    public static IReadOnlyList<(DateOnly Day, double Amount)> Of(BookRow? row) => [.. (row?["recent_purchases"] as string[] ?? []).Select(text => text.Split(' ')).Where(parts => parts.Length == 2)
        .Select(parts => (DateOnly.ParseExact(parts[0], "yyyy-MM-dd", CultureInfo.InvariantCulture), double.Parse(parts[1], CultureInfo.InvariantCulture)))];
}
