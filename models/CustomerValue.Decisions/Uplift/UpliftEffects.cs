using CustomerValue.Boosting;
using CustomerValue.Data.Diagnostics;
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
    /// <exception cref="BadDataException">No arm bears the name of an action.</exception>
    public static ActionPlaybook With(this ActionPlaybook playbook, UpliftModel model, double[][] uplift, DecisionCustomers customers, string name)
    {
        CheckArms(playbook, model, name);
        string[] arms = [.. model.Card.Arms.Select(arm => arm.Arm)];
        double[] worth = Worth(model.Card.Outcome, customers);
        return playbook with { Actions = [.. playbook.Actions.Select(action => Array.IndexOf(arms, action.Id) is >= 0 and int a ? Individual(action, model.Card, a, uplift[a], worth, name) : action)] };
    }

    /// <summary>Refuses a model whose arms are no actions of a playbook.</summary>
    /// <param name="playbook">The playbook.</param>
    /// <param name="model">The model.</param>
    /// <param name="name">What the model is called.</param>
    /// <exception cref="BadDataException">No arm bears the name of an action.</exception>
    public static void CheckArms(ActionPlaybook playbook, UpliftModel model, string name)
    {
        string[] arms = [.. model.Card.Arms.Select(arm => arm.Arm)];
        if (!playbook.Actions.Any(action => arms.Contains(action.Id, StringComparer.Ordinal)))
            throw new BadDataException($"{name}: found the arms {string.Join(", ", arms)}, expected at least one that bears the name of an action of the playbook: {string.Join(", ", playbook.Actions.Select(action => action.Id))}; name arms by the actions they tried.");
    }

    private static PlaybookAction Individual(PlaybookAction action, UpliftCard card, int a, double[] uplift, double[] worth, string name)
    {
        TrainedArm arm = card.Arms[a];
        Effect effect = new(EffectKind.Uplift, arm.Effect, arm.Effect - Normal.Z90 * arm.StandardError, arm.Effect + Normal.Z90 * arm.StandardError, Effect.Measured, name)
        {
            Individual = new IndividualEffect(Array.ConvertAll(uplift, value => double.IsFinite(value) ? value : arm.Effect), worth, card.Outcome == UpliftOutcome.Buying, arm.Noise),
        };
        return action with { Effects = [effect, .. action.Effects.Where(other => other.Kind is not EffectKind.Buying and not EffectKind.Spend)] };
    }

    /// <summary>One more buyer is worth the margin of one who buys anyway; spend counts at each customer's own net rate.</summary>
    private static double[] Worth(UpliftOutcome outcome, DecisionCustomers customers)
    {
        double[] worth = new double[customers.Count], spend = customers.Number("expected_spend");
        double rate = spend.Sum() > 0 ? customers.ExpectedMargin.Sum() / spend.Sum() : 0;
        for (int i = 0; i < worth.Length; i++)
            worth[i] = outcome switch
            {
                UpliftOutcome.Buying => customers.ExpectedMargin[i] / customers.Buying(i),
                UpliftOutcome.Spend => spend[i] > 0 ? customers.ExpectedMargin[i] / spend[i] : rate,
                _ => 1,
            };
        return worth;
    }
}
