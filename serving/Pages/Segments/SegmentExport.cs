using CustomerValue.Serving.Customers;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Pages.Book;
using CustomerValue.Serving.Pages.Shell;

namespace CustomerValue.Serving.Pages.Segments;

/// <summary>The people of a segment as the file that <c>campaign plan --customers</c> reads.</summary>
internal static class SegmentExport
{
    public static async Task WriteAsync(HttpContext context, BookMemory memory, string condition, CancellationToken cancellation)
    {
        BookColumns of = await memory.CurrentAsync(cancellation) is { Customers: not null } known ? known : throw new ProblemException(CustomerProblems.NoBook());
        CountedSegment segment = SegmentDesk.Count(of, "", condition);
        if (segment.Wrong is { } wrong)
            throw new ProblemException(Problems.Invalid(new Dictionary<string, string[]> { ["condition"] = [wrong] }));
        using CsvDownload file = await CsvDownload.BeginAsync(context, $"segment-{of.Header.AsOf:yyyy-MM-dd}.csv", ["customer_id", "strategy", "stage", "potential_value", "churn_probability"], $"{segment.Customers} people");
        for (int i = 0; i < segment.Members.Length; i++)
            if (segment.Members[i])
            {
                file.Csv.Text(of.Customers!.Ids[i]);
                file.Csv.Text(of.Customers.Strategy[i]);
                file.Csv.Text(of.Customers.Stage[i]);
                file.Csv.Number(of.Customers.Potential[i]);
                file.Csv.Number(of.Customers.ChurnProbability[i]);
                file.Csv.EndRow();
            }
        await file.SendAsync();
    }
}
