using CustomerValue.Decisions.Experiments;

namespace CustomerValue.Decisions.Tests.Experiments;

public class StratifiedComparisonTests(ITestOutputHelper output)
{
    private const int Runs = 1000, Customers = 400;

    [Fact]
    public void Intervals_cover_the_true_effect_as_often_as_they_say_with_and_without_strata_and_covariate()
    {
        int[] covered = new int[3];
        for (int run = 0; run < Runs; run++)
        {
            Trial trial = new(run);
            Estimate?[] estimates =
            [
                trial.Plain.Compare(trial.Outcome, 1, 0), trial.Stratified.Compare(trial.Outcome, 1, 0), trial.Stratified.Compare(trial.Outcome, 1, 0, trial.Forecast),
            ];
            for (int k = 0; k < 3; k++)
            {
                (double low, double high) = estimates[k]!.Value.Interval(0.95);
                if (low <= Trial.Effect && Trial.Effect <= high)
                    covered[k]++;
            }
        }
        output.WriteLine($"95 % intervals cover {string.Join(", ", covered.Select(count => $"{count / (double)Runs:P1}"))} (plain, stratified, with covariate)");
        covered.Skip(1).Should().AllSatisfy(count => (count / (double)Runs).Should().BeInRange(0.93, 0.97));
        (covered[0] / (double)Runs).Should().BeGreaterThan(0.93, "who forgets the strata errs to the safe side");
    }

    [Fact]
    public void A_covariate_that_explains_half_of_the_outcome_halves_the_variance()
    {
        double plain = 0, adjusted = 0, truth = 0;
        for (int run = 0; run < Runs; run++)
        {
            Trial trial = new(run, spread: 0);
            Estimate with = trial.Plain.Compare(trial.Outcome, 1, 0, trial.Forecast)!.Value;
            plain += Math.Pow(trial.Plain.Compare(trial.Outcome, 1, 0)!.Value.StandardError, 2);
            adjusted += Math.Pow(with.StandardError, 2);
            truth += Math.Pow(with.Difference - Trial.Effect, 2);
        }
        output.WriteLine($"variance with covariate over without: {adjusted / plain:F3}; real over stated: {truth / adjusted:F3}");
        (adjusted / plain).Should().BeInRange(0.47, 0.53);
        (truth / adjusted).Should().BeInRange(0.87, 1.13, "what is stated is what happens");
    }

    [Fact]
    public void Strata_too_small_for_an_arm_are_taken_together_and_nobody_is_lost()
    {
        int[] arms = [0, 1, 0, 1, 0, 1, 0, 1], strata = [0, 0, 1, 1, 2, 2, 3, 3];
        double[] outcome = [0, 1, 0, 1, 0, 1, 0, 1];

        StratifiedComparison comparison = new(arms, 2, strata);

        comparison.Compare(outcome, 1, 0).Should().Be(new Estimate(1, 0));
        comparison.Mean(outcome, 1).Should().Be(1);
        new StratifiedComparison([0, 1, 1], 2, [0, 0, 0]).Compare([1, 2, 3], 1, 0).Should().BeNull("one customer tells no variance");
    }

    [Fact]
    public void Three_arms_without_effect_are_called_real_together_no_more_often_than_one()
    {
        int alarms = 0, byInterval = 0;
        for (int run = 0; run < Runs; run++)
        {
            Random random = new(run);
            int[] arms = [.. Enumerable.Range(0, Customers).Select(i => i % 4)];
            double[] outcome = [.. arms.Select(_ => random.Normal())];
            StratifiedComparison comparison = new(arms, 4, new int[Customers]);
            Estimate[] estimates = [.. Enumerable.Range(1, 3).Select(arm => comparison.Compare(outcome, arm, 0)!.Value)];
            if (ManyArms.Holm([.. estimates.Select(one => one.PValue)]).Min() < 0.05)
                alarms++;
            if (estimates.Any(one => one.Interval(ManyArms.Confidence(0.95, 3)) is var (low, high) && (low > 0 || high < 0)))
                byInterval++;
        }
        output.WriteLine($"false alarms of three arms: {alarms / (double)Runs:P1} by probabilities, {byInterval / (double)Runs:P1} by intervals");
        alarms.Should().BeLessThan((int)(0.065 * Runs));
        byInterval.Should().BeLessThan((int)(0.065 * Runs));
    }

    [Fact]
    public void The_Hillstrom_test_has_its_published_means_and_effects()
    {
        (int[] arms, double[] visit, double[] spend) = Hillstrom.Read();
        StratifiedComparison comparison = new(arms, 3, new int[arms.Length]);

        double[] visits = [.. Enumerable.Range(0, 3).Select(arm => comparison.Mean(visit, arm))], money = [.. Enumerable.Range(0, 3).Select(arm => comparison.Mean(spend, arm))];
        visits.Select(mean => Math.Round(mean, 6)).Should().Equal(0.106167, 0.182757, 0.151400);
        money.Select(mean => Math.Round(mean, 6)).Should().Equal(0.652789, 1.422617, 1.077202);
        foreach ((string name, double[] outcome) in new[] { ("visit", visit), ("spend", spend) })
            for (int arm = 1; arm < 3; arm++)
            {
                Estimate effect = comparison.Compare(outcome, arm, 0)!.Value;
                (double low, double high) = effect.Interval(0.95);
                output.WriteLine($"{name}, {(arm == 1 ? "men's" : "women's")} mail: {effect.Difference:F6} ({low:F6} to {high:F6})");
                effect.Difference.Should().BeApproximately(comparison.Mean(outcome, arm) - comparison.Mean(outcome, 0), 1e-12);
                low.Should().BePositive();
            }
    }

    /// <summary>Customers whose outcome has a forecast that explains half of what strata leave, assigned at random within strata.</summary>
    private sealed class Trial
    {
        public const double Effect = 0.3;

        public Trial(int seed, double spread = 2)
        {
            Random random = new(seed);
            int[] strata = [.. Enumerable.Range(0, Customers).Select(i => i / 100)];
            int[] arms = new int[Customers];
            for (int s = 0; s < 4; s++)
            {
                int[] members = [.. Enumerable.Range(100 * s, 100)];
                random.Shuffle(members);
                foreach (int i in members.Take(30))
                    arms[i] = 1;
            }
            Forecast = [.. strata.Select(_ => random.Normal())];
            Outcome = [.. Enumerable.Range(0, Customers).Select(i => spread * strata[i] + Forecast[i] + random.Normal() + (arms[i] == 1 ? Effect : 0))];
            Plain = new StratifiedComparison(arms, 2, new int[Customers]);
            Stratified = new StratifiedComparison(arms, 2, strata);
        }

        public double[] Forecast { get; }

        public double[] Outcome { get; }

        public StratifiedComparison Plain { get; }

        public StratifiedComparison Stratified { get; }
    }
}
