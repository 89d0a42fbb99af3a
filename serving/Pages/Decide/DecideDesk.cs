using System.Globalization;
using CustomerValue.CustomerBook.Work;
using CustomerValue.Decisions.Deciding;
using CustomerValue.Serving.Decisions;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Models;
using CustomerValue.Serving.Pages.Book;

namespace CustomerValue.Serving.Pages.Decide;

/// <summary>Base, playbook and plans together, as pages and downloads ask for them.</summary>
internal sealed class DecideDesk(BookMemory memory, StorePlaybook playbooks, PlanDesk plans, WorkDatabase work, Champion champion)
{
    /// <summary>The base of the book; null where there is none.</summary>
    public Task<BookColumns?> BaseAsync(CancellationToken cancellation) => memory.CurrentAsync(cancellation);

    public ChosenPlaybook? Playbook => playbooks.Current;

    /// <summary>A plan of the base.</summary>
    /// <param name="budget">Its budget; null for what is worth spending.</param>
    /// <param name="cancellation">Nobody waits any more.</param>
    /// <returns>Null where there is no book.</returns>
    /// <exception cref="ProblemException">There is no playbook, or the book lacks what plans need.</exception>
    /// <exception cref="Data.Diagnostics.BadDataException">The budget buys nothing.</exception>
    public async Task<(BookColumns Base, DecisionPlan Plan)?> PlanAsync(double? budget, CancellationToken cancellation)
    {
        if (await BaseAsync(cancellation) is not { } of)
            return null;
        ChosenPlaybook playbook = Playbook ?? throw new ProblemException(DecisionProblems.NoPlaybook(champion.Required.Model.Version));
        if (of.Customers is null)
            throw new ProblemException(DecisionProblems.BookWithoutBasis(of.Header.ModelVersion));
        Forbidden forbidden = await Forbidden.ReadAsync(work, cancellation);
        return (of, budget is { } money ? await plans.OfAsync(of.Customers, playbook, forbidden, money, cancellation) : await plans.UnlimitedAsync(of.Customers, playbook, forbidden, cancellation));
    }

    /// <summary>A budget as it was typed; null where it is none.</summary>
    public static double? Number(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number is >= 0 and <= 1e12 ? number : null;
}
