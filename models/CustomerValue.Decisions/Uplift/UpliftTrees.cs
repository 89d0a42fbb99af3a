using CustomerValue.Boosting;

namespace CustomerValue.Decisions.Uplift;

/// <summary>The boosters of a learner, and how they make an uplift.</summary>
/// <param name="Learner">The learner.</param>
/// <param name="ArmCount">Arms, control included.</param>
/// <param name="Share">Share of each arm in the experiment.</param>
internal sealed record UpliftTrees(UpliftLearner Learner, int ArmCount, double[] Share)
{
    /// <summary>S-learner: one; T-learner: one an arm.</summary>
    public IReadOnlyList<OutcomeModel> Outcomes { get; init; } = [];

    /// <summary>X-learner: learnt in the treated and in control for each arm; others: one for each arm.</summary>
    public IReadOnlyList<Booster> Effects { get; init; } = [];

    /// <summary>Uplift of each treated arm over control, by arm - 1 and row.</summary>
    public double[][] Predict(BoostingData features)
    {
        double[][] uplift = new double[ArmCount - 1][];
        double[]? control = Learner switch { UpliftLearner.SLearner => InArm(features, 0), UpliftLearner.TLearner => Outcomes[0].Predict(features), _ => null };
        for (int a = 1; a < ArmCount; a++)
            uplift[a - 1] = Learner switch
            {
                UpliftLearner.SLearner => Less(InArm(features, a), control!),
                UpliftLearner.TLearner => Less(Outcomes[a].Predict(features), control!),
                UpliftLearner.XLearner => Weigh(Raw(Effects[2 * a - 2], features), Raw(Effects[2 * a - 1], features), Share[0] / (Share[0] + Share[a])),
                _ => Effects[a - 1].Objective == Objectives.Logistic ? Array.ConvertAll(Raw(Effects[a - 1], features), p => 2 * p - 1) : Raw(Effects[a - 1], features),
            };
        return uplift;
    }

    private double[] InArm(BoostingData features, int arm)
    {
        int[] all = new int[features.RowCount];
        Array.Fill(all, arm);
        return Outcomes[0].Predict(UpliftFit.WithArm(features, [.. Share.Select((_, a) => $"{a}")], all));
    }

    private static double[] Raw(Booster model, BoostingData features)
    {
        double[] response = new double[features.RowCount];
        model.Predict(features, response);
        return response;
    }

    private static double[] Less(double[] one, double[] other)
    {
        for (int row = 0; row < one.Length; row++)
            one[row] -= other[row];
        return one;
    }

    private static double[] Weigh(double[] one, double[] other, double weight)
    {
        for (int row = 0; row < one.Length; row++)
            one[row] = weight * one[row] + (1 - weight) * other[row];
        return one;
    }
}
