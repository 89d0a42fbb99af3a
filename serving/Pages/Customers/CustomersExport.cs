using System.Globalization;
using CustomerValue.CustomerBook;
using CustomerValue.Data.Text;
using CustomerValue.Serving.Customers;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Pages.Shell;

namespace CustomerValue.Serving.Pages.Customers;

/// <summary>The customers of a filter as a file, with the columns that the address names, else with every column of the book.</summary>
internal static class CustomersExport
{
    private const int Page = 500;

    public static async Task WriteAsync(HttpContext context, CustomerBookDatabase book, CancellationToken cancellation)
    {
        BookHeader header = await book.HeaderAsync(cancellation) ?? throw new ProblemException(CustomerProblems.NoBook());
        BookQuery query = CustomerQuery.Read(context.Request.Query, header.Columns, new BookQuery(), PageScope.LanguageName, ColumnView.QueryName) with { Limit = Page };
        IReadOnlyList<int> columns = ColumnView.OfFile(context.Request.Query, header.Columns);
        // Not the query itself: it may name a customer.
        string filter = string.Join(", ", query.Conditions.Select(condition => condition.Column).Distinct());
        using CsvDownload file = await CsvDownload.BeginAsync(context, string.Create(CultureInfo.InvariantCulture, $"customers-{header.AsOf:yyyy-MM-dd}-{header.ModelVersion}.csv"), columns.Select(column => header.Columns[column].Name), filter.Length == 0 ? "all customers" : $"filtered by {filter}");
        BookCursor? after = query.After;
        do
        {
            BookPage? page = await book.PageAsync(query with { After = after }, cancellation);
            if (page is null || page.Header.ModelVersion != header.ModelVersion || page.Header.ScoredAt != header.ScoredAt)
            {
                context.Abort(); // another book came: half of each would be worse than a download that broke off
                return;
            }
            foreach (BookRow row in page.Rows)
            {
                foreach (int column in columns)
                    Write(file.Csv, row.Values[column]);
                file.Csv.EndRow();
            }
            await file.SendAsync();
            after = page.Next;
        }
        while (after is not null);
    }

    private static void Write(CsvWriter csv, object? value)
    {
        switch (value)
        {
            case double number:
                csv.Number(number);
                break;
            case long whole:
                csv.Whole(whole);
                break;
            case DateOnly day:
                csv.Day(day);
                break;
            case bool flag:
                csv.Flag(flag);
                break;
            case string[] texts:
                csv.Texts(texts);
                break;
            default:
                csv.Text(value as string);
                break;
        }
    }
}
