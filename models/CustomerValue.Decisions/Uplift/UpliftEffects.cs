using CustomerValue.Boosting;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Windows;
using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Strategy.Numerics;

namespace CustomerValue.Decisions.Uplift;

/// <summary>Takes the effects of actions from an uplift model, each customer's own, where an arm bears the name of an action.</summary>
public static class UpliftEffects
{
    /// <summary>Columns of an uplift model from what is known of every customer who is decided for; null where it needs others.</summary>
    /// <param name="customers">The customers.</param>
    /// <param name="features">What the model needs.</param>
    public static BoostingData? FeaturesOf(DecisionCustomers customers, IReadOnlyList<ModelFeature> features)
    {
        Dictionary<string, double[]> numbers = new(StringComparer.Ordinal)
        {
            ["churn_probability"] = customers.ChurnProbability,
            ["expected_margin"] = customers.ExpectedMargin,
            ["year_cost_to_serve"] = customers.YearCost,
            ["potential_value"] = customers.Potential,
        };
        Dictionary<string, string[]> texts = new(StringComparer.Ordinal) { ["strategy"] = customers.Strategy, ["stage"] = customers.Stage };
        foreach ((Data.Expressions.ExpressionColumn column, double[]? values, _) in customers.Further)
            if (values is not null)
                numbers[column.Name] = values;
        List<FeatureColumn> columns = [];
        foreach (ModelFeature feature in features)
            if (feature.Kind == ColumnKind.Numeric && numbers.TryGetValue(feature.Name, out double[]? values))
                columns.Add(FeatureColumn.Numeric(feature.Name, Array.ConvertAll(values, value => double.IsFinite(value) ? (float)value : float.NaN)));
            else if (feature.Kind == ColumnKind.Categorical && texts.TryGetValue(feature.Name, out string[]? levels))
                columns.Add(FeatureColumn.Categorical(feature.Name, levels));
            else
                return null;
        return new BoostingData(columns);
    }

    /// <summary>The playbook with individual effects in the place of its effects on buying and spend.</summary>
    /// <param name="playbook">The playbook.</param>
    /// <param name="model">The model.</param>
    /// <param name="uplift">What it says, by arm and customer; NaN where nothing is known of a customer, who is then taken to be like the mean.</param>
    /// <param name="customers">The customers.</param>
    /// <param name="name">What the model is called.</param>
    /// <exception cref="BadDataException">No arm bears the name of an action, or nobody said over how many days the experiment counted.</exception>
    public static ActionPlaybook With(this ActionPlaybook playbook, UpliftModel model, double[][] uplift, DecisionCustomers customers, string name)
    {
        Check(playbook, model, name);
        string[] arms = [.. model.Card.Arms.Select(arm => arm.Arm)];
        double[] worth = Worth(model.Card, customers);
        return playbook with { Actions = [.. playbook.Actions.Select(action => Array.IndexOf(arms, action.Id) is >= 0 and int a ? Individual(action, model.Card, a, uplift[a], worth, name) : action)] };
    }

    /// <summary>Refuses a model whose arms are no actions of a playbook, or whose effects belong to no number of days.</summary>
    /// <param name="playbook">The playbook.</param>
    /// <param name="model">The model.</param>
    /// <param name="name">What the model is called.</param>
    /// <exception cref="BadDataException">No arm bears the name of an action, or nobody said over how many days the experiment counted.</exception>
    public static void Check(ActionPlaybook playbook, UpliftModel model, string name)
    {
        string[] arms = [.. model.Card.Arms.Select(arm => arm.Arm)];
        if (!playbook.Actions.Any(action => arms.Contains(action.Id, StringComparer.Ordinal)))
            throw new BadDataException($"{name}: found the arms {string.Join(", ", arms)}, expected at least one that bears the name of an action of the playbook: {string.Join(", ", playbook.Actions.Select(action => action.Id))}; name arms by the actions they tried.");
        if (model.Card.OutcomeDays is null)
            throw new BadDataException($"{name}: found a model that does not say over how many days outcomes were counted, expected it, since an effect is scaled from those days to the days an action lasts; train it again with --outcome-days N.");
    }

    private static PlaybookAction Individual(PlaybookAction action, UpliftCard card, int a, double[] uplift, double[] worth, string name)
    {
        TrainedArm arm = card.Arms[a];
        double lasting = (double)action.LastsDays / card.OutcomeDays!.Value;
        Effect effect = new(EffectKind.Uplift, arm.Effect, arm.Effect - Normal.Z90 * arm.StandardError, arm.Effect + Normal.Z90 * arm.StandardError, Effect.Measured, name)
        {
            Individual = new IndividualEffect(Array.ConvertAll(uplift, value => double.IsFinite(value) ? value : arm.Effect), Array.ConvertAll(worth, one => one * lasting),
                card.Outcome == UpliftOutcome.Buying, arm.Noise, new Horizon(card.OutcomeDays.Value)),
        };
        return action with { Effects = [effect, .. action.Effects.Where(other => other.Kind is not EffectKind.Buying and not EffectKind.Spend)] };
    }

    /// <summary>
    /// What a unit of the outcome is worth within the days it was counted over, W. One more buyer brings what one who buys anyway does: the margin of those days, M W / H, over the probability
    /// of buying within them, 1 - (1 - p)^(W / H), as purchases come at a steady rate. Spend counts at each customer's own net rate.
    /// </summary>
    private static double[] Worth(UpliftCard card, DecisionCustomers customers)
    {
        double[] worth = new double[customers.Count], spend = customers.Number("expected_spend");
        double rate = spend.Sum() > 0 ? customers.ExpectedMargin.Sum() / spend.Sum() : 0, part = (double)card.OutcomeDays!.Value / customers.HorizonDays;
        for (int i = 0; i < worth.Length; i++)
            worth[i] = card.Outcome switch
            {
                UpliftOutcome.Buying => customers.ExpectedMargin[i] * part / DecisionCustomers.NotHopeless(1 - Math.Pow(customers.ChurnProbability[i], part)),
                UpliftOutcome.Spend => spend[i] > 0 ? customers.ExpectedMargin[i] / spend[i] : rate,
                _ => 1,
            };
        return worth;
    }
}
