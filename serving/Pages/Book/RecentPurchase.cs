using System.Globalization;
using CustomerValue.CustomerBook;

namespace CustomerValue.Serving.Pages.Book;

/// <summary>One of a customer's last purchase days, as the book tells them.</summary>
/// <param name="Day">The day.</param>
/// <param name="Amount">What was bought and returned on it; money.</param>
public readonly record struct RecentPurchase(DateOnly Day, double Amount)
{
    /// <summary>A customer's last purchase days, oldest first; none where the book has none.</summary>
    public static IReadOnlyList<RecentPurchase> Of(BookRow? row) => [.. (row?["recent_purchases"] as string[] ?? []).Select(text => text.Split(' ')).Where(parts => parts.Length == 2)
        .Select(parts => new RecentPurchase(DateOnly.ParseExact(parts[0], "yyyy-MM-dd", CultureInfo.InvariantCulture), double.Parse(parts[1], CultureInfo.InvariantCulture)))];
}
