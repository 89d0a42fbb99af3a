using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Expressions;
using CustomerValue.Data.Transactions;
using CustomerValue.Decisions.Campaigns;
using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Pages.Decide;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Pages.Campaigns;

/// <summary>Campaigns of the folder: planned over the customers of the book, listed, measured.</summary>
internal sealed class CampaignDesk(IOptions<ServingOptions> options, DecideDesk desk) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>The folder.</summary>
    public CampaignFolder Folder { get; } = new(options.Value.CampaignPlace);

    /// <summary>Every campaign with its last result, the latest first; those whose files cannot be read are named.</summary>
    public IReadOnlyList<(string Name, CampaignPlan? Plan, CampaignResult? Result)> All() =>
    [
        .. Folder.Names.Select(name =>
        {
            try
            {
                return (name, (CampaignPlan?)Folder.Plan(name), Folder.Result(name));
            }
            catch (BadDataException)
            {
                return (name, null, null);
            }
        }).OrderByDescending(one => one.Item2?.Start ?? DateOnly.MaxValue).ThenBy(one => one.name, StringComparer.Ordinal),
    ];

    /// <summary>Draws a campaign without keeping it.</summary>
    /// <exception cref="BadDataException">It cannot be drawn so.</exception>
    public PlannedCampaign Draw(CampaignForm form, DecisionCustomers customers, ActionPlaybook playbook)
    {
        List<Finding> findings = [];
        bool[] chosen = [.. Enumerable.Repeat(true, customers.Count)];
        if (form.Segment.Length > 0)
            chosen = SegmentOf(form.Segment).Holds(customers.Table());
        CampaignArm[] arms = [.. form.Actions.Select(id => playbook.Actions.FirstOrDefault(action => action.Id == id) ?? throw new BadDataException($"found no action '{id}' in the playbook, expected one of it; choose another."))
            .Select(action => new CampaignArm(action.Id, action.Id, 1, action.CostPerCustomer, action.FixedCost))];
        CampaignEligibility.LeaveOut(form.Actions, playbook, customers.Table(), chosen, findings);
        (CampaignPlan Plan, CampaignAssignment Assignment)[] others = [.. Folder.Names.Where(other => other != form.Name).Select(Folder.Plan).Select(other => (other, Folder.Assignment(other)))];
        CampaignDesign design = new()
        {
            Name = form.Name,
            Start = form.Start ?? customers.AsOf,
            OutcomeDays = form.Days ?? customers.HorizonDays,
            Arms = arms,
            Playbook = playbook,
            ControlShare = form.ControlShare,
            Segment = form.Segment,
        };
        if (design.Start < customers.AsOf)
            throw new BadDataException($"found the start {design.Start:yyyy-MM-dd}, expected {customers.AsOf:yyyy-MM-dd} or later, the first day of the forecast: what has happened cannot be left to chance any more.");
        if (form.Exclusive)
            CampaignEligibility.LeaveOutContacted(others, design, customers.Ids, chosen);
        (CampaignPlan plan, CampaignAssignment assignment) = new CampaignPlanner(customers).Plan(design, chosen, null, Folder.Holdout(null), others);
        return new PlannedCampaign(plan, assignment, findings);
    }

    /// <summary>Keeps what was drawn.</summary>
    /// <exception cref="BadDataException">Another plan bears the name.</exception>
    public async Task KeepAsync(CampaignForm form, CancellationToken cancellation)
    {
        if (await desk.BaseAsync(cancellation) is not { Customers: { } customers } || desk.Playbook is not { } playbook)
            throw new BadDataException("found no customers with what plans need, expected a book that score wrote; run score.");
        await _one.WaitAsync(cancellation);
        try
        {
            PlannedCampaign drawn = await Task.Run(() => Draw(form, customers, playbook.Playbook), cancellation);
            Folder.Save(drawn.Plan, drawn.Assignment, playbook.Playbook);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Measures a campaign by the transactions of a file, and keeps the result.</summary>
    /// <exception cref="BadDataException">The file cannot be used, or there is nothing to measure yet.</exception>
    public async Task<IReadOnlyList<Finding>> MeasureAsync(string name, string file, CancellationToken cancellation)
    {
        CampaignPlan plan = Folder.Plan(name);
        await _one.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() =>
            {
                ReaderOptions reading = new();
                ReadResult read = TransactionReader.Read([file], reading, null, cancellation);
                List<Finding> findings = [.. read.Findings];
                Folder.Save(CampaignMeasurement.Measure(plan, Folder.Assignment(plan), read.Log, reading.Returns, null, null, findings));
                return findings;
            }, cancellation);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private static Expression SegmentOf(string condition)
    {
        try
        {
            return Expression.ParseCondition(condition, DecisionCustomers.ScoredColumns);
        }
        catch (ExpressionException error)
        {
            throw error.In("segment");
        }
    }
}

/// <summary>What the form of a new campaign says.</summary>
internal sealed record CampaignForm
{
    public required string Name { get; init; }

    /// <summary>Whom it is for, a condition; empty for everybody.</summary>
    public required string Segment { get; init; }

    /// <summary>Actions of the playbook, an arm each.</summary>
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>Share left alone, 0 to 1; null for the smallest that shows a tenth more buyers.</summary>
    public required double? ControlShare { get; init; }

    /// <summary>First day; null for the first of the forecast.</summary>
    public required DateOnly? Start { get; init; }

    /// <summary>Days whose outcomes count; null for the horizon.</summary>
    public required int? Days { get; init; }

    /// <summary>Whether those are left out whom another campaign contacts in these days.</summary>
    public required bool Exclusive { get; init; }
}

/// <summary>A campaign as it was drawn.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Assignment">Who gets what.</param>
/// <param name="Findings">Who was left out.</param>
internal sealed record PlannedCampaign(CampaignPlan Plan, CampaignAssignment Assignment, IReadOnlyList<Finding> Findings);
