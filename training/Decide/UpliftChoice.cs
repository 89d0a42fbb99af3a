using CustomerValue.Data.Diagnostics;
using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Decisions.Uplift;
using CustomerValue.Models.Store;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Terminal;
using CustomerValue.Training.Uplift;
using Finding = CustomerValue.Data.Diagnostics.Finding;

namespace CustomerValue.Training.Decide;

/// <summary>An uplift model whose effects take the place of the playbook's.</summary>
/// <param name="Model">The model.</param>
/// <param name="Name">What it is called: its name in the store, or its file.</param>
/// <param name="Table">A table of what it needs to know of customers, or null.</param>
internal sealed record UpliftChoice(UpliftModel Model, string Name, string? Table)
{
    private const string Id = "customer_id";

    /// <summary>Reads the model before anything is scored: a mistake in it should not cost a run.</summary>
    /// <param name="named">Its name in the store, or its file; null for none.</param>
    /// <param name="table">A table of what it needs to know of customers, or null.</param>
    /// <param name="playbook">The actions.</param>
    /// <param name="store">The store.</param>
    /// <param name="environment">Where files lie.</param>
    /// <exception cref="UsageException">A table without a model.</exception>
    /// <exception cref="BadDataException">No arm bears the name of an action, nobody said over how many days outcomes were counted, or columns are needed that are not known here.</exception>
    public static UpliftChoice? Of(string? named, string? table, ActionPlaybook playbook, ModelStore store, CommandEnvironment environment)
    {
        if (named is null)
            return table is null ? null : throw new UsageException("Found --uplift-table without --uplift, expected both: the model says what of the table it needs.");
        UpliftModel model = UpliftPlace.Load(named, store, environment);
        UpliftEffects.Check(playbook, model, Path.GetFileName(named));
        string[] unknown = [.. model.Features.Select(feature => feature.Name).Where(name => !DecisionCustomers.ScoredColumns.Any(column => column.Name == name))];
        return table is not null || unknown.Length == 0 ? new UpliftChoice(model, Path.GetFileName(named), table)
            : throw new BadDataException($"{named}: found a model that needs {string.Join(", ", unknown)}, expected a table with them and customer_id; give it with --uplift-table FILE.");
    }

    /// <summary>The playbook with each customer's own effects.</summary>
    public ActionPlaybook On(ActionPlaybook playbook, DecisionCustomers customers, List<Finding> findings, IProgress<StepProgress> progress, CancellationToken cancellation)
    {
        if (!Model.Card.Report.Of(CustomerValue.Models.Answers.AnswerWords.Of(Model.Card.Learner)).IsBetterThanRandom)
            findings.Add(new Finding("no-better-than-random", Severity.Warning, $"The uplift model {Name} orders customers no better than chance.", "Leave it out: the mean effect belongs into the playbook."));
        double[][] uplift = Table is null ? Model.Predict(UpliftEffects.FeaturesOf(customers, Model.Features)
                ?? throw new BadDataException($"{Name}: found a model that needs columns of another kind than those known here, expected a table; give it with --uplift-table FILE."))
            : FromTable(customers, findings, progress, cancellation);
        return playbook.With(Model, uplift, customers, Name);
    }

    private double[][] FromTable(DecisionCustomers customers, List<Finding> findings, IProgress<StepProgress> progress, CancellationToken cancellation)
    {
        UpliftScores scores = UpliftScores.Of(Table!, Model, findings, progress, cancellation);
        IReadOnlyList<string> ids = scores.Text.Columns[scores.Text.Require(Id, "the customer")];
        double[][] uplift = [.. scores.Uplift.Select(_ => new double[customers.Count])];
        foreach (double[] arm in uplift)
            Array.Fill(arm, double.NaN);
        int known = 0;
        for (int row = 0; row < ids.Count; row++)
        {
            int i = Array.BinarySearch(customers.Ids, ids[row], StringComparer.Ordinal);
            if (i < 0)
                continue;
            known += double.IsNaN(uplift[0][i]) ? 1 : 0;
            for (int a = 0; a < uplift.Length; a++)
                uplift[a][i] = scores.Uplift[a][row];
        }
        if (known == 0)
            throw new BadDataException($"{Table}: found none of the {customers.Count} customers, expected their ids in '{Id}' as in the transactions.");
        if (known < customers.Count)
            findings.Add(new Finding("customers-without-uplift", Severity.Information, $"{customers.Count - known} of {customers.Count} customers are not in the uplift table and are taken to be like the mean.", "Give a row for every customer."));
        return uplift;
    }
}
