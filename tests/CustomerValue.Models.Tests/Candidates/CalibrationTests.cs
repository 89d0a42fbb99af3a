using CustomerValue.Models.Candidates;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Formulas;

namespace CustomerValue.Models.Tests.Candidates;

public class CalibrationTests
{
    private const int Customers = 6000;

    [Fact]
    public void A_curve_never_falls_and_its_formula_says_the_same()
    {
        Random random = new(3);
        for (int round = 0; round < 200; round++)
        {
            int knots = random.Next(1, 12);
            double[] at = [.. Enumerable.Range(0, knots).Select(_ => 10 * random.NextDouble() - 5).Distinct().Order()], to = [.. at.Select(_ => 8 * random.NextDouble() - 4).Order()];
            CalibrationCurve curve = new(at, to);
            double[] forecasts = [.. Enumerable.Range(0, 40).Select(_ => 20 * random.NextDouble() - 10).Concat(at).Order()];
            double[] moved = Array.ConvertAll(forecasts, curve.Of);

            moved.Should().BeInAscendingOrder();
            for (int k = 0; k < at.Length; k++)
                curve.Of(at[k]).Should().BeApproximately(to[k], 1e-12);
            for (int i = 0; i < forecasts.Length; i++)
            {
                Value(curve.Of((Formula)forecasts[i])).Should().BeApproximately(moved[i], 1e-9);
                curve.Raised(0.5).Of(forecasts[i]).Should().BeApproximately(moved[i] + 0.5, 1e-12);
            }
        }
    }

    [Fact]
    public void Churn_that_is_right_is_left_alone()
    {
        Random random = new(5);

        CalibrationLearner.Churn([Churned(random, logit => logit), Churned(random, logit => logit)]).Should().BeNull();
        CalibrationLearner.Churn([]).Should().BeNull();
        CalibrationLearner.Churn([Churned(random, logit => 2 * logit)]).Should().BeNull("what held at one origin need not hold at another");
    }

    /// <summary>The level is learnt apart, so that a shift of the truth changes nothing.</summary>
    [Fact]
    public void Churn_that_lies_too_near_the_middle_is_taken_apart_by_a_slope()
    {
        Random random = new(7);

        (CalibrationCurve curve, string by) = CalibrationLearner.Churn([Churned(random, logit => 1.35 * logit), Churned(random, logit => 1.35 * logit + 0.4)])!.Value;

        by.Should().StartWith("by a slope of 1.");
        (curve.Of(2) - curve.Of(-2)).Should().BeInRange(4 * 1.15, 4 * 1.4);
    }

    /// <summary>Nobody stays away with more than 70 %, whatever is forecast: no slope says that.</summary>
    [Fact]
    public void Churn_with_a_bend_is_calibrated_by_groups()
    {
        Random random = new(9);
        Func<double, double> bent = logit => Math.Min(logit, 0.4);

        (CalibrationCurve curve, string by) = CalibrationLearner.Churn([Churned(random, bent), Churned(random, bent), Churned(random, bent)])!.Value;

        by.Should().Be("by isotonic regression");
        (curve.Of(2.5) - curve.Of(1)).Should().BeLessThan(0.4, "it is flat up there");
        (curve.Of(0) - curve.Of(-1)).Should().BeInRange(0.6, 1.4, "and right below");
    }

    [Fact]
    public void Spend_that_is_right_is_left_alone()
    {
        Random random = new(11);

        CalibrationLearner.Spend([Spent(random, 1), Spent(random, 1)]).Should().BeNull();
        CalibrationLearner.Spend([]).Should().BeNull();
        CalibrationLearner.Spend([Spent(random, 1.5)]).Should().BeNull();
    }

    [Fact]
    public void Spend_that_is_too_alike_is_calibrated_by_decile()
    {
        Random random = new(13);

        CalibrationCurve curve = CalibrationLearner.Spend([Spent(random, 1.5), Spent(random, 1.5)])!;

        (curve.Of(1) - curve.Of(-1)).Should().BeInRange(2.4, 3.4, "a power of 1.5 doubles distances by half");
    }

    /// <summary>Calibration is about the shape: what the base buys and who of it stays away is forecast elsewhere.</summary>
    [Fact]
    public void Totals_of_the_base_stay()
    {
        Random random = new(15);
        Forecast said = new(500);
        for (int i = 0; i < said.Count; i++)
            (said.ChurnProbability[i], said.ExpectedSpend[i]) = (random.NextDouble(), i % 9 == 0 ? 0 : 100 * random.NextDouble());
        CalibrationCurve churn = new([-25, 25], [-30, 30]), spend = new([-1, 0, 1], [-2, 0.1, 1.5]);

        BlendCalibration held = BlendCalibration.Hold(said, 90, (churn, "by a slope"), spend)!;

        said.ChurnProbability.Sum(p => Logit.Probability(Logit.OfInside(p) + held.OfChurn(Logit.OfInside(p), 0))).Should().BeApproximately(said.ChurnProbability.Sum(), 1e-6);
        said.ExpectedSpend.Sum(amount => amount * Math.Exp(held.OfSpend(amount, 0))).Should().BeApproximately(said.ExpectedSpend.Sum(), 1e-3);
        BlendCalibration.Hold(said, 90, null, null).Should().BeNull();
        BlendCalibration.Hold(new Forecast(3), 90, null, spend).Should().BeNull("nobody is expected to spend");
    }

    /// <summary>A season moves everyone alike, so it changes no customer's place on the curve.</summary>
    [Fact]
    public void A_level_moves_nobody_along_the_curve()
    {
        BlendCalibration calibration = new(90, new CalibrationCurve([-1, 0, 2], [-3, 0, 1]), new CalibrationCurve([-1, 0, 2], [-3, 0, 1]), 50, "");

        calibration.OfChurn(0.7 + 0.3, 0.3).Should().BeApproximately(calibration.OfChurn(0.7, 0), 1e-12);
        calibration.OfSpend(80 * Math.Exp(0.3), 0.3).Should().BeApproximately(calibration.OfSpend(80, 0), 1e-12);
    }

    private static CalibrationLearner.Origin Churned(Random random, Func<double, double> truth)
    {
        double[] said = new double[Customers], away = new double[Customers];
        for (int i = 0; i < Customers; i++)
        {
            said[i] = 1.5 * Normal(random);
            away[i] = random.NextDouble() < Logit.Probability(truth(said[i])) ? 1 : 0;
        }
        // As they come to a learner: at the share that stayed away.
        double shift = Level.LogitShift(said, away.Sum());
        return new CalibrationLearner.Origin(Array.ConvertAll(said, logit => logit + shift), away);
    }

    /// <summary>Expected spend is a power of the truth, which half spend twice and half not at all.</summary>
    private static CalibrationLearner.Origin Spent(Random random, double power)
    {
        double[] truth = [.. Enumerable.Range(0, Customers).Select(_ => Math.Exp(0.8 * Normal(random)))], said = Array.ConvertAll(truth, mean => Math.Pow(mean, 1 / power));
        double[] came = Array.ConvertAll(truth, mean => random.Next(2) * 2 * mean * Math.Exp(0.4 * Normal(random) - 0.08));
        double unit = came.Sum() / Customers, total = said.Sum() / Customers;
        return new CalibrationLearner.Origin(Array.ConvertAll(said, mean => mean / total), Array.ConvertAll(came, amount => amount / unit));
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double Value(Formula formula) => formula switch
    {
        NumberFormula number => number.Value,
        OperationFormula { Operation: FormulaOperation.Add, Of: [var a, var b] } => Value(a) + Value(b),
        OperationFormula { Operation: FormulaOperation.Subtract, Of: [var a, var b] } => Value(a) - Value(b),
        OperationFormula { Operation: FormulaOperation.Multiply, Of: [var a, var b] } => Value(a) * Value(b),
        OperationFormula { Operation: FormulaOperation.Min, Of: [var a, var b] } => Math.Min(Value(a), Value(b)),
        OperationFormula { Operation: FormulaOperation.Max, Of: [var a, var b] } => Math.Max(Value(a), Value(b)),
        _ => throw new NotSupportedException(formula.ToString()),
    };
}
