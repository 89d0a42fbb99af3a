using CustomerValue.Data.Text;
using CustomerValue.Serving.Customers;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Pages.Decide;

namespace CustomerValue.Serving.Pages.Segments;

/// <summary>The people of a segment as the file that <c>campaign plan --customers</c> reads.</summary>
internal static class SegmentExport
{
    public static async Task WriteAsync(HttpContext context, BookCustomers customers, string condition, CancellationToken cancellation)
    {
        DecisionBase of = await customers.CurrentAsync(cancellation) is { Customers: not null } known ? known : throw new ProblemException(CustomerProblems.NoBook());
        CountedSegment segment = SegmentDesk.Count(of, "", condition);
        if (segment.Wrong is { } wrong)
            throw new ProblemException(Problems.Invalid(new Dictionary<string, string[]> { ["condition"] = [wrong] }));
        using MemoryStream file = new();
        using (CsvWriter csv = new(file, "customer_id", "strategy", "stage", "potential_value", "churn_probability"))
            for (int i = 0; i < segment.Members.Length; i++)
                if (segment.Members[i])
                {
                    csv.Text(of.Customers!.Ids[i]);
                    csv.Text(of.Customers.Strategy[i]);
                    csv.Text(of.Customers.Stage[i]);
                    csv.Number(of.Customers.Potential[i]);
                    csv.Number(of.Customers.ChurnProbability[i]);
                    csv.EndRow();
                }
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"segment-{of.Header.AsOf:yyyy-MM-dd}.csv\"";
        await context.Response.Body.WriteAsync(file.GetBuffer().AsMemory(0, (int)file.Length), cancellation);
    }
}
