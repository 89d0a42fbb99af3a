using CustomerValue.CustomerBook;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Json;

namespace CustomerValue.Serving.Pages.Customers;

/// <summary>Which columns the list of customers shows: what the address names, else the view that was kept, else the usual ones. The customer's id always comes first.</summary>
internal sealed class ColumnView
{
    /// <summary>Name in the address, and of the cookie that keeps a view.</summary>
    public const string QueryName = "columns";

    private static readonly string[] s_usual = ["strategy", "stage", "current_value", "potential_value", "churn_probability", "expected_spend", "next_purchase"];

    private ColumnView(IReadOnlyList<CustomerColumn> offered, IReadOnlyList<CustomerColumn> shown) => (Offered, Shown) = (offered, shown);

    /// <summary>The columns that the book has.</summary>
    public IReadOnlyList<CustomerColumn> Offered { get; }

    /// <summary>Those that are shown, in their order.</summary>
    public IReadOnlyList<CustomerColumn> Shown { get; }

    /// <summary>Whether the address names them.</summary>
    public bool IsNamed { get; private init; }

    /// <summary>Whether a view was kept.</summary>
    public bool IsKept { get; private init; }

    /// <summary>Names in the address that are no columns of the list.</summary>
    public IReadOnlyList<string> Unknown { get; private init; } = [];

    /// <summary>The columns as text for an address.</summary>
    public string Text => string.Join(',', Shown.Select(column => column.Name));

    /// <summary>The view of a call.</summary>
    /// <param name="request">The call.</param>
    /// <param name="book">The columns of the book.</param>
    public static ColumnView Of(HttpRequest request, IReadOnlyList<BookColumn> book)
    {
        List<CustomerColumn> offered = [.. CustomerColumn.All.Where(column => Has(book, column.Name))];
        IReadOnlyList<string> named = Names(request.Query);
        CustomerColumn[] chosen = Find(offered, named), kept = Find(offered, Split(request.Cookies[QueryName] ?? ""));
        string[] usual = Has(book, "potential_value") ? s_usual : [.. s_usual.Select(name => name == "potential_value" ? "lifetime_value" : name)];
        return new(offered, chosen.Length > 0 ? chosen : kept.Length > 0 ? kept : Find(offered, usual))
        {
            IsNamed = chosen.Length > 0,
            IsKept = kept.Length > 0,
            Unknown = [.. named.Where(name => !offered.Exists(column => column.Name == name))],
        };
    }

    /// <summary>The columns of a file: what the address names, else all of the book.</summary>
    /// <returns>Their numbers in the book.</returns>
    /// <exception cref="ProblemException">The book lacks a column that the address names.</exception>
    public static IReadOnlyList<int> OfFile(IQueryCollection query, IReadOnlyList<BookColumn> book)
    {
        IReadOnlyList<string> named = Names(query);
        if (named.FirstOrDefault(name => !Has(book, name)) is { } unknown)
            throw new ProblemException(Problems.Invalid(new Dictionary<string, string[]> { [QueryName] = [$"found '{Excerpt.Of(unknown)}', expected columns of the book with commas between them, such as strategy,stage."] }));
        return [.. named.Count == 0 ? Enumerable.Range(0, book.Count) : named.Prepend(BookColumn.CustomerId.Name).Select(name => book.TakeWhile(column => column.Name != name).Count())];
    }

    /// <summary>Keeps a view for whoever asks; null forgets it.</summary>
    public static void Keep(HttpContext context, string? columns)
    {
        CookieOptions options = new() { MaxAge = TimeSpan.FromDays(365), HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, IsEssential = true, Path = "/customers" };
        if (columns is null)
            context.Response.Cookies.Delete(QueryName, options);
        else
            context.Response.Cookies.Append(QueryName, columns, options);
    }

    /// <summary>One value with commas, as links have it, or one a name, as a form sends it.</summary>
    private static IReadOnlyList<string> Names(IQueryCollection query) => [.. query[QueryName].SelectMany(value => Split(value ?? "")).Where(name => name != BookColumn.CustomerId.Name).Distinct()];

    private static string[] Split(string names) => names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static CustomerColumn[] Find(List<CustomerColumn> offered, IReadOnlyList<string> names) => [.. names.Select(name => offered.Find(column => column.Name == name)).OfType<CustomerColumn>()];

    private static bool Has(IReadOnlyList<BookColumn> book, string name) => book.Any(column => column.Name == name);
}
