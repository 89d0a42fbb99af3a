using CustomerValue.Models.Intervals;

namespace CustomerValue.Models.Tests.Learning;

public class OutcomeQuantilesTests
{
    private const int HorizonDays = 90;

    /// <summary>Coverage of P10 to P90 over 20,000 fresh customers: three standard errors of a share of .8 are .0085, learning from 20,000 adds as much.</summary>
    [Fact]
    public void Quantiles_cover_what_they_state_though_the_forecast_is_biased()
    {
        (double[] x, double[] age, double[] churn, double[] mean, double[] actual) = Draw(20_000, seed: 1);
        (double[] x2, double[] age2, double[] churn2, double[] mean2, double[] actual2) = Draw(20_000, seed: 2);
        OutcomeQuantiles quantiles = OutcomeQuantiles.Learn(x, age, churn, mean, actual, HorizonDays, [1]);

        foreach (double level in new[] { 0.5, 0.8, 0.9 })
        {
            double below = 0;
            for (int i = 0; i < x2.Length; i++)
                below += actual2[i] <= quantiles.Quantile(quantiles.GroupOf(x2[i], age2[i], mean2[i], HorizonDays), level, churn2[i], mean2[i]) ? 1 : 0;
            // Where staying away is likelier than the level, the quantile is 0 and holds all who stayed away: the share below is at least the level.
            (below / x2.Length).Should().BeGreaterThan(level - 0.017);
        }
        double highest = 0;
        for (int i = 0; i < x2.Length; i++)
            highest += actual2[i] <= quantiles.Quantile(quantiles.GroupOf(x2[i], age2[i], mean2[i], HorizonDays), 0.9, churn2[i], mean2[i]) ? 1 : 0;
        (highest / x2.Length).Should().BeApproximately(0.9, 0.017);
    }

    [Fact]
    public void Higher_levels_never_give_lower_amounts_and_doubled_money_doubles_them()
    {
        (double[] x, double[] age, double[] churn, double[] mean, double[] actual) = Draw(3000, seed: 3);
        OutcomeQuantiles one = OutcomeQuantiles.Learn(x, age, churn, mean, actual, HorizonDays, [1]);
        OutcomeQuantiles two = OutcomeQuantiles.Learn(x, age, churn, [.. mean.Select(m => 2 * m)], [.. actual.Select(a => 2 * a)], HorizonDays, [1]);
        for (int i = 0; i < 50; i++)
        {
            ActivityGroup group = one.GroupOf(x[i], age[i], mean[i], HorizonDays);
            double last = 0;
            for (double level = 0.05; level < 1; level += 0.05)
            {
                double amount = one.Quantile(group, level, churn[i], mean[i]);
                amount.Should().BeGreaterThanOrEqualTo(last);
                two.Quantile(group, level, churn[i], 2 * mean[i]).Should().BeApproximately(2 * amount, 1e-9 * (1 + amount));
                last = amount;
            }
        }
    }

    /// <summary>Half of the customers are a sixteenth as irregular as the other half: standard deviations of .2 and .8 in log. One interval for both would hold nearly all of the first and some 7 of 10 of the second; three standard errors of a share of .8 of 10,000 are .012, learning adds as much, and means that lie above medians by another power .02.</summary>
    [Fact]
    public void Regular_and_irregular_customers_are_covered_alike()
    {
        Random random = new(5);
        (double[] irregularity, double[] actual) = Spend(random);
        double[] none = new double[actual.Length], age = [.. actual.Select(_ => 400.0)], x = [.. actual.Select(_ => 5.0)], mean = [.. actual.Select((_, i) => 100 + i % 7)];
        OutcomeQuantiles quantiles = OutcomeQuantiles.Learn(x, age, none, mean, [.. actual.Select((spent, i) => spent * mean[i])], HorizonDays, [1], irregularity);
        (double[] irregularity2, double[] actual2) = Spend(random);

        foreach (bool regular in (bool[])[true, false])
        {
            int[] half = [.. Enumerable.Range(0, actual2.Length).Where(i => irregularity2[i] < 0.5 == regular)];
            double covered = half.Average(i => actual2[i] >= Of(0.1, i) && actual2[i] <= Of(0.9, i) ? 1.0 : 0);
            covered.Should().BeApproximately(0.8, 0.045, $"regular: {regular}");
        }

        double Of(double level, int i) => quantiles.Quantile(ActivityGroup.Frequent, level, 0, 1, quantiles.WidthOf(irregularity2[i]));

        static (double[], double[]) Spend(Random random)
        {
            double[] irregularity = [.. Enumerable.Range(0, 20_000).Select(i => i % 2 == 0 ? 0.0625 : 1.0)];
            return (irregularity, Array.ConvertAll(irregularity, one => Lognormal(random, 0.8 * Math.Sqrt(one))));
        }

        static double Lognormal(Random random, double deviation) =>
            Math.Exp(deviation * (Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())) - deviation * deviation / 2);
    }

    [Fact]
    public void Quantiles_of_a_loss_are_those_of_a_gain_as_large_the_other_way_round()
    {
        (double[] x, double[] age, double[] churn, double[] mean, double[] actual) = Draw(3000, seed: 3);
        OutcomeQuantiles quantiles = OutcomeQuantiles.Learn(x, age, churn, mean, actual, HorizonDays, [1]);
        for (int i = 0; i < 50; i++)
        {
            ActivityGroup group = quantiles.GroupOf(x[i], age[i], mean[i], HorizonDays);
            quantiles.Quantile(group, 0.1, churn[i], -mean[i]).Should().Be(-quantiles.Quantile(group, 1 - 0.1, churn[i], mean[i])).And.BeLessThanOrEqualTo(quantiles.Quantile(group, 0.9, churn[i], -mean[i]));
        }
    }

    [Fact]
    public void Amounts_of_any_size_give_finite_quantiles()
    {
        (double[] x, double[] age, double[] churn, double[] mean, double[] actual) = Draw(2000, seed: 6);
        for (int i = 0; i < mean.Length; i++)
            (mean[i], actual[i]) = (mean[i] * Math.Pow(10, i % 3 * 150 - 300), actual[i] * Math.Pow(10, i % 5 * 3));
        OutcomeQuantiles quantiles = OutcomeQuantiles.Learn(x, age, churn, mean, actual, HorizonDays, [1]);
        for (int i = 0; i < 50; i++)
        {
            ActivityGroup group = quantiles.GroupOf(x[i], age[i], mean[i], HorizonDays);
            double low = quantiles.Quantile(group, 0.1, churn[i], mean[i]), middle = quantiles.Quantile(group, 0.5, churn[i], mean[i]), high = quantiles.Quantile(group, 0.9, churn[i], mean[i]);
            (low >= 0 && low <= middle && middle <= high && double.IsFinite(high)).Should().BeTrue($"{low} {middle} {high}");
        }
    }

    [Fact]
    public void Customers_fall_into_groups_by_what_is_known_of_them()
    {
        OutcomeQuantiles quantiles = new([], WhaleSpend: 1000);

        quantiles.GroupOf(x: 0, ageDays: 10, expectedSpend: 5, HorizonDays).Should().Be(ActivityGroup.New);
        quantiles.GroupOf(x: 0, ageDays: 400, expectedSpend: 5, HorizonDays).Should().Be(ActivityGroup.Rare);
        quantiles.GroupOf(x: 7, ageDays: 400, expectedSpend: 5, HorizonDays).Should().Be(ActivityGroup.Frequent);
        quantiles.GroupOf(x: 0, ageDays: 10, expectedSpend: 1000, HorizonDays).Should().Be(ActivityGroup.Whale);
    }

    /// <summary>Customers who stay away with 1.2 times their stated odds and else spend a lognormal amount around 1.3 times what was expected.</summary>
    private static (double[] X, double[] Age, double[] Churn, double[] Mean, double[] Actual) Draw(int count, int seed)
    {
        Random random = new(seed);
        double[] x = new double[count], age = new double[count], churn = new double[count], mean = new double[count], actual = new double[count];
        for (int i = 0; i < count; i++)
        {
            x[i] = random.Next(6);
            age[i] = random.Next(20, 500);
            churn[i] = 0.05 + 0.9 * random.NextDouble();
            mean[i] = 20 * (1 - churn[i]) * Math.Exp(random.NextDouble());
            double odds = 1.2 * churn[i] / (1 - churn[i]);
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            actual[i] = random.NextDouble() < odds / (1 + odds) ? 0 : 1.3 * mean[i] / (1 - churn[i]) * Math.Exp((x[i] < 3 ? 1.0 : 0.4) * normal);
        }
        return (x, age, churn, mean, actual);
    }
}
