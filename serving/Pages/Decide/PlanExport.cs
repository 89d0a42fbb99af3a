using System.Globalization;
using CustomerValue.CustomerBook;
using CustomerValue.Decisions.Deciding;
using CustomerValue.Models.Answers;
using CustomerValue.Serving.Customers;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Pages.Book;
using CustomerValue.Serving.Pages.Shell;
using CustomerValue.Strategy.Naming;

namespace CustomerValue.Serving.Pages.Decide;

/// <summary>A plan as the file that <c>decide --out</c> writes: every customer with what they get.</summary>
internal static class PlanExport
{
    private const int Rows = 1000;

    public static async Task WriteAsync(HttpContext context, DecideDesk desk, CustomerBookDatabase book, string? budget, CancellationToken cancellation)
    {
        (BookColumns of, DecisionPlan plan) = await desk.PlanAsync(DecideDesk.Number(budget), cancellation) ?? throw new ProblemException(CustomerProblems.NoBook());
        Language language = new PageScope(context).Language;
        string reasons = language == Language.Chinese ? "reasons_zh" : "reasons";
        using CsvDownload file = await CsvDownload.BeginAsync(context, string.Create(CultureInfo.InvariantCulture, $"plan-{of.Header.AsOf:yyyy-MM-dd}-{plan.Cost:0}.csv"), CustomerDecision.Table.Columns.Select(column => column.Name), $"{plan.Customers.Ids.Length} customers");
        // Another book between plan and reasons would mix two days: then the download breaks off.
        bool same = true;
        int rows = 0;
        await book.ScanAsync([BookColumn.CustomerId.Name, reasons], header => same &= of.Header.IsOfSameBook(header), async row =>
        {
            if (!same || Array.BinarySearch(plan.Customers.Ids, (string)row[0]!, StringComparer.Ordinal) is not (>= 0 and int customer))
                return;
            CustomerDecision decision = CustomerDecision.Of(plan.Customers, row[1] as string[] ?? [], plan.Playbook, plan.Model, customer, plan.ActionOf(customer), language);
            foreach (AnswerColumn<CustomerDecision> column in CustomerDecision.Table.Columns)
                column.Write(file.Csv, decision);
            file.Csv.EndRow();
            if (++rows % Rows == 0)
                await file.SendAsync();
        }, cancellation);
        await file.SendAsync();
        if (!same)
            context.Abort();
    }
}
