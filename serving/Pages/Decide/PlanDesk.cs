using System.Collections.Concurrent;
using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Deciding;

namespace CustomerValue.Serving.Pages.Decide;

/// <summary>Plans over the whole base. A plan of the same customers, playbook and budget is made once and kept; one is made at a time.</summary>
internal sealed class PlanDesk : IDisposable
{
    /// <summary>Plans kept: who moves the slider comes back to some.</summary>
    private const int MostKept = 40;

    /// <summary>Budgets of the curve as shares of what is worth spending.</summary>
    private static readonly double[] s_shares = [0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

    private readonly SemaphoreSlim _one = new(1);
    private volatile Kept? _kept;

    /// <summary>The plan without a limit of money, with the curve of smaller budgets.</summary>
    public Task<DecisionPlan> UnlimitedAsync(DecisionCustomers customers, ChosenPlaybook playbook, Forbidden forbidden, CancellationToken cancellation) => PlanAsync(customers, playbook, forbidden, null, cancellation);

    /// <summary>The plan of a budget.</summary>
    /// <exception cref="Data.Diagnostics.BadDataException">The budget buys nothing, or limits cannot hold together.</exception>
    public Task<DecisionPlan> OfAsync(DecisionCustomers customers, ChosenPlaybook playbook, Forbidden forbidden, double budget, CancellationToken cancellation) => PlanAsync(customers, playbook, forbidden, budget, cancellation);

    public void Dispose() => _one.Dispose();

    private async Task<DecisionPlan> PlanAsync(DecisionCustomers customers, ChosenPlaybook playbook, Forbidden forbidden, double? budget, CancellationToken cancellation)
    {
        double key = budget ?? double.PositiveInfinity;
        if (Known(customers, playbook, forbidden, key) is { } known)
            return known;
        await _one.WaitAsync(cancellation); // who went away meanwhile waits no more, and their plan is not made
        try
        {
            if (Known(customers, playbook, forbidden, key) is { } meanwhile)
                return meanwhile;
            if (_kept is not { } kept || !kept.IsOf(customers, playbook, forbidden))
                _kept = kept = new Kept(customers, playbook, forbidden, []);
            else if (kept.Plans.Count >= MostKept)
                foreach (double old in kept.Plans.Keys.Where(double.IsFinite).Take(MostKept / 2))
                    kept.Plans.TryRemove(old, out _);
            DecisionOptions options = new() { Budget = budget, NewCustomerValue = playbook.NewCustomerValue, CurveShares = budget is null ? s_shares : [], Threads = Environment.ProcessorCount, MayGet = forbidden.MayGet(customers.Ids) };
            return kept.Plans[key] = await Task.Run(() => Decider.Decide(customers, playbook.Playbook, options, cancellation), cancellation);
        }
        finally
        {
            _one.Release();
        }
    }

    private DecisionPlan? Known(DecisionCustomers customers, ChosenPlaybook playbook, Forbidden forbidden, double key) => _kept is { } kept && kept.IsOf(customers, playbook, forbidden) && kept.Plans.TryGetValue(key, out DecisionPlan? plan) ? plan : null;

    private sealed record Kept(DecisionCustomers Customers, ChosenPlaybook Playbook, Forbidden Forbidden, ConcurrentDictionary<double, DecisionPlan> Plans)
    {
        public bool IsOf(DecisionCustomers customers, ChosenPlaybook playbook, Forbidden forbidden) =>
            ReferenceEquals(customers, Customers) && forbidden.Mark == Forbidden.Mark && playbook.Playbook.Hash == Playbook.Playbook.Hash && playbook.NewCustomerValue == Playbook.NewCustomerValue;
    }
}
