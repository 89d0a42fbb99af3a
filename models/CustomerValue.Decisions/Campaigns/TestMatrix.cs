using CustomerValue.Data.Diagnostics;
using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Deciding;
using CustomerValue.Decisions.Gains;
using CustomerValue.Decisions.Playbook;

namespace CustomerValue.Decisions.Campaigns;

/// <summary>
/// Chooses which actions to test on which segments, and on how many, so that a budget buys the most worth knowing. Each pair of segment and action is a candidate; the effect in the segment is a
/// draw of its own from what the playbook believes. What a test of n customers and as many held back is worth is what the next plan for the segment gains by knowing (expected value of sample
/// information), less what trying loses now; money goes where the next step of a test brings most for it.
/// </summary>
/// <remarks>Steps lie on the upper hull of each candidate's curve, which makes the greedy choice as good as any but for the last step (Sinha and Zoltners 1979).</remarks>
public static class TestMatrix
{
    /// <summary>Most tests of a matrix.</summary>
    public const int MostTests = 1_000;

    /// <summary>Chooses tests and who is meant for which.</summary>
    /// <param name="customers">The base.</param>
    /// <param name="playbook">Actions with what is believed of them.</param>
    /// <param name="actions">Actions that are tried, by id.</param>
    /// <param name="segments">Parts of the base, which do not overlap: name and customers, by index.</param>
    /// <param name="budget">Money for all contacts.</param>
    /// <param name="name">Name and salt of the draw.</param>
    /// <param name="salt">Another salt draws others.</param>
    /// <param name="cancellation">Looked at before each segment.</param>
    /// <exception cref="BadDataException">Nothing is worth testing for the money.</exception>
    public static MatrixDraw Choose(DecisionCustomers customers, ActionPlaybook playbook, IReadOnlyList<string> actions, IReadOnlyList<MatrixSegment> segments, double budget, string name, string salt, CancellationToken cancellation = default)
    {
        double newCustomer = new GainModel(customers).NewCustomerValue;
        List<Candidate> candidates = [];
        List<(double Gain, double Cost, int Candidate, int Size)> steps = [];
        foreach (MatrixSegment segment in segments)
        {
            cancellation.ThrowIfCancellationRequested();
            DecisionCustomers part = customers.Select(segment.Rows);
            GainModel model = new(part, newCustomer);
            OptionTable table = new(part, playbook, model, 1, cancellation);
            InformationValues values = new(table, playbook, model, new DecisionOptions());
            for (int a = 0; a < playbook.Actions.Count; a++)
            {
                if (!actions.Contains(playbook.Actions[a].Id, StringComparer.Ordinal))
                    continue;
                double cost = playbook.Actions[a].CostPerCustomer;
                int[] suited = [.. Enumerable.Range(0, part.Count).Where(i => table.Gain[i * table.Actions + a] + cost > 0).Select(i => segment.Rows[i])];
                InformationValue[] sizes = [.. values.Sizes(a, suited.Length / 2)];
                if (sizes.Length == 0)
                    continue;
                foreach ((int from, int to) in Hull(sizes))
                    steps.Add((Net(sizes[to]) - (from < 0 ? 0 : Net(sizes[from])), sizes[to].Cost - (from < 0 ? 0 : sizes[from].Cost), candidates.Count, to));
                candidates.Add(new Candidate(segment, a, suited, sizes));
            }
        }
        int[] chosen = Spend(candidates, steps, budget);
        if (Array.TrueForAll(chosen, size => size < 0))
            throw new BadDataException($"campaign '{name}': found no test of {candidates.Count} that is worth its money within {budget:0.##}, expected one at least; raise the budget, take larger segments, or leave the effects as they are believed.");
        return Deal(customers, playbook, candidates, chosen, name, salt);
    }

    private static double Net(InformationValue value) => value.Value - value.Loss;

    /// <summary>Sizes on the upper hull of worth by cost, each with the one before it, as long as worth rises; -1 is no test.</summary>
    private static IEnumerable<(int From, int To)> Hull(InformationValue[] sizes)
    {
        for (int at = -1; ;)
        {
            double worth = at < 0 ? 0 : Net(sizes[at]), cost = at < 0 ? 0 : sizes[at].Cost;
            int best = -1;
            double steepest = 0;
            for (int next = at + 1; next < sizes.Length; next++)
                if ((Net(sizes[next]) - worth) / Math.Max(sizes[next].Cost - cost, 1e-9) is var slope && slope > steepest)
                    (best, steepest) = (next, slope);
            if (best < 0)
                yield break;
            yield return (at, best);
            at = best;
        }
    }

    /// <summary>The size of each candidate's test, or -1: steps of most worth for their money first, while money and the segment's customers last.</summary>
    private static int[] Spend(List<Candidate> candidates, List<(double Gain, double Cost, int Candidate, int Size)> steps, double budget)
    {
        int[] chosen = new int[candidates.Count];
        Array.Fill(chosen, -1);
        bool[] closed = new bool[candidates.Count];
        Dictionary<string, int> room = candidates.Select(candidate => candidate.Segment).Distinct().ToDictionary(segment => segment.Name, segment => segment.Rows.Length, StringComparer.Ordinal);
        int tests = 0;
        foreach ((_, double cost, int c, int size) in steps.OrderByDescending(step => step.Gain / Math.Max(step.Cost, 1e-9)).ThenBy(step => step.Candidate).ThenBy(step => step.Size))
        {
            Candidate candidate = candidates[c];
            int more = 2 * (candidate.Sizes[size].Contacts - (chosen[c] < 0 ? 0 : candidate.Sizes[chosen[c]].Contacts));
            closed[c] |= cost > budget + 1e-9 || more > room[candidate.Segment.Name] || (chosen[c] < 0 && tests == MostTests);
            if (closed[c])
                continue;
            tests += chosen[c] < 0 ? 1 : 0;
            chosen[c] = size;
            budget -= cost;
            room[candidate.Segment.Name] -= more;
        }
        return chosen;
    }

    /// <summary>Customers of a segment stand in the order of their hashes; tests that few suit take theirs first. A test that finds fewer than its size is smaller, or falls away.</summary>
    private static MatrixDraw Deal(DecisionCustomers customers, ActionPlaybook playbook, List<Candidate> candidates, int[] chosen, string name, string salt)
    {
        int[] intended = new int[customers.Count];
        List<MatrixTest> tests = [];
        List<CampaignArm> arms = [];
        foreach (int c in Enumerable.Range(0, candidates.Count).Where(c => chosen[c] >= 0).OrderBy(c => candidates[c].Suited.Length).ThenBy(c => c))
        {
            Candidate candidate = candidates[c];
            InformationValue value = candidate.Sizes[chosen[c]];
            PlaybookAction action = playbook.Actions[candidate.Action];
            string id = $"{action.Id}_{candidate.Segment.Name}";
            int[] free = [.. candidate.Suited.Where(i => intended[i] == 0).OrderBy(i => StableHash.Of(customers.Ids[i], $"matrix {name} {id}", salt)).Take(2 * value.Contacts)];
            if (free.Length < 2 * InformationValues.LeastContacts)
                continue;
            arms.Add(new CampaignArm(id, action.Id, 1, action.CostPerCustomer, action.FixedCost));
            tests.Add(new MatrixTest(id, candidate.Segment.Name, action.Id, value.Contacts, value.Value, value.Loss));
            foreach (int i in free)
                intended[i] = arms.Count;
        }
        return new MatrixDraw(tests, arms, [.. intended.Select(arm => arm > 0)], intended);
    }

    private sealed record Candidate(MatrixSegment Segment, int Action, int[] Suited, InformationValue[] Sizes);
}

/// <summary>A part of the base.</summary>
/// <param name="Name">Its name: letters, digits, dash and underscore.</param>
/// <param name="Rows">Its customers, by index.</param>
public sealed record MatrixSegment(string Name, int[] Rows);

/// <summary>Many small tests under one budget.</summary>
/// <param name="Budget">Money for all contacts.</param>
/// <param name="FalseDiscovery">Share of false ones that is to be expected at most among the tests that are called real.</param>
/// <param name="Tests">The tests, an arm each.</param>
public sealed record MatrixPlan(double Budget, double FalseDiscovery, IReadOnlyList<MatrixTest> Tests);

/// <summary>A test of one action on one segment.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Segment">The segment.</param>
/// <param name="Action">The action.</param>
/// <param name="Contacts">Customers who are meant to get it; as many are held back.</param>
/// <param name="Value">Money that the next plan for the segment is expected to gain by knowing.</param>
/// <param name="Loss">Money that trying is expected to lose now.</param>
public sealed record MatrixTest(string Arm, string Segment, string Action, int Contacts, double Value, double Loss);

/// <summary>Tests and who is meant for which.</summary>
/// <param name="Tests">The tests.</param>
/// <param name="Arms">Their arms, in the same order.</param>
/// <param name="Chosen">Whether a customer takes part, by index.</param>
/// <param name="Intended">The test, 1 for the first, that a customer is meant for; 0 for none.</param>
public sealed record MatrixDraw(IReadOnlyList<MatrixTest> Tests, IReadOnlyList<CampaignArm> Arms, bool[] Chosen, int[] Intended);
