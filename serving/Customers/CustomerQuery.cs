using System.Buffers.Text;
using System.Globalization;
using System.Text;
using CustomerValue.CustomerBook;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Json;

namespace CustomerValue.Serving.Customers;

/// <summary>Reads what a page of customers is to hold from the query of an address; the same for programs and for pages.</summary>
internal static class CustomerQuery
{
    private const int MostCustomers = 500;

    /// <param name="query">The query.</param>
    /// <param name="columns">The columns of the book.</param>
    /// <param name="usual">What holds where the query says nothing of it: the order above all, which also says how to read where the page before ended.</param>
    /// <param name="others">Names that mean something else.</param>
    /// <exception cref="ProblemException">A name or a value cannot be meant.</exception>
    public static BookQuery Read(IQueryCollection query, IReadOnlyList<BookColumn> columns, BookQuery usual, params IReadOnlyList<string> others)
    {
        Dictionary<string, string[]> errors = [];
        List<BookCondition> conditions = [];
        BookQuery page = usual;
        string? after = null;
        foreach ((string name, string value) in query.Where(pair => !others.Contains(pair.Key)).Select(pair => (pair.Key, pair.Value.LastOrDefault() ?? "")).Where(pair => pair.Item2.Length > 0))
            switch (name)
            {
                case "search":
                    conditions.Add(new(BookColumn.CustomerId.Name, BookComparison.BeginsWith, value));
                    break;
                case "sort":
                    page = page with { Sort = value.TrimStart('-'), Descending = value[0] == '-' };
                    if (KindOf(columns, page.Sort) is not (BookFieldKind.Number or BookFieldKind.Whole or BookFieldKind.Text or BookFieldKind.Day))
                        Wrong(name, value, "a column of the book, with a minus before it for the greatest first");
                    break;
                case "limit":
                    if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int limit) && limit is >= 1 and <= MostCustomers)
                        page = page with { Limit = limit };
                    else
                        Wrong(name, value, $"a whole number from 1 to {MostCustomers}");
                    break;
                case "after":
                    after = value;
                    break;
                case not null when Bound(name) is { } bound && KindOf(columns, name[4..]) is BookFieldKind.Number or BookFieldKind.Whole:
                    if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
                        conditions.Add(new(name[4..], Bound(name)!.Value, number));
                    else
                        Wrong(name, value, "a number such as 120.5");
                    break;
                case not null when KindOf(columns, name) == BookFieldKind.Text:
                    conditions.Add(new(name, BookComparison.Equal, value));
                    break;
                default:
                    errors[Excerpt.Of(name!)] = ["found a name that is no filter, expected search, sort, limit, after, a column of text, or min_ or max_ before a column of numbers."];
                    break;
            }
        if (after is not null && errors.Count == 0)
            if (Cursor(after, KindOf(columns, page.Sort)!.Value) is { } cursor)
                page = page with { After = cursor };
            else
                Wrong("after", after, "the next of the page before, with the same sort");
        return errors.Count == 0 ? page with { Conditions = conditions } : throw new ProblemException(Problems.Invalid(errors));

        void Wrong(string name, string found, string expected) => errors[name] = [$"found '{Excerpt.Of(found)}', expected {expected}."];
    }

    /// <summary>Where a page ended, as text for an address.</summary>
    public static string Text(BookCursor cursor) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{(cursor.Value is DateOnly day ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : Convert.ToString(cursor.Value is double number ? number.ToString("R", CultureInfo.InvariantCulture) : cursor.Value, CultureInfo.InvariantCulture))}\n{cursor.CustomerId}"));

    private static BookCursor? Cursor(string text, BookFieldKind kind)
    {
        if (!Base64Url.IsValid(text) || Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('\n', 2) is not [string value, string id])
            return null;
        return kind switch
        {
            BookFieldKind.Number => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? new BookCursor(number, id) : null,
            BookFieldKind.Whole => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) ? new BookCursor(whole, id) : null,
            _ => new BookCursor(value, id),
        };
    }

    private static BookComparison? Bound(string name) => name.StartsWith("min_", StringComparison.Ordinal) ? BookComparison.AtLeast : name.StartsWith("max_", StringComparison.Ordinal) ? BookComparison.AtMost : null;

    private static BookFieldKind? KindOf(IReadOnlyList<BookColumn> columns, string name) => columns.FirstOrDefault(column => column.Name == name)?.Kind;
}
