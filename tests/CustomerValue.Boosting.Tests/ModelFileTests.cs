namespace CustomerValue.Boosting.Tests;

public sealed class ModelFileTests
{
    [Fact]
    public void A_reloaded_model_scores_the_same()
    {
        foreach (Objective objective in new[] { Objectives.Tweedie(1.3), Objectives.ZeroInflatedLognormal, Objectives.Quantile(0.9) })
        {
            TrainingRows rows = Mixed(400);
            Booster model = BoosterTrainer.Fit(rows, new() { Objective = objective, Rounds = 5, MinChildWeight = 0.1, CategorySmoothing = 1 }).Model;
            Booster reloaded = Booster.Load(new MemoryStream(Saved(model)));
            reloaded.Raw(rows.Data).Should().Equal(model.Raw(rows.Data));
            reloaded.Objective.Name.Should().Be(objective.Name);
            Saved(reloaded).Should().Equal(Saved(model));
        }
    }

    [Fact]
    public void A_mutated_file_is_read_or_refused_and_never_crashes()
    {
        byte[] file = Saved(BoosterTrainer.Fit(Mixed(300), new() { Objective = Objectives.Tweedie(), Rounds = 3, MaxLeaves = 6, MinChildWeight = 0.1, CategorySmoothing = 1 }).Model);
        Random random = new(7);
        BoostingData data = Mixed(20).Data;
        int refused = 0;
        for (int i = 0; i < 5_000; i++)
        {
            byte[] mutant = Mutation.Of(file, random);
            try
            {
                Booster model = Booster.Load(new MemoryStream(mutant));
                if (model.Features.Count == data.Columns.Count && i % 16 == 0)
                    FluentActions.Invoking(() => model.Raw(data)).Should().NotThrow<IndexOutOfRangeException>();
            }
            catch (BoostingException)
            {
                refused++;
            }
        }
        refused.Should().BeInRange(1_000, 4_999);
    }

    private static byte[] Saved(Booster model)
    {
        using MemoryStream stream = new();
        model.Save(stream);
        return stream.ToArray();
    }

    private static TrainingRows Mixed(int rows)
    {
        TrainingRows amounts = Tables.Amounts(rows);
        Random random = new(3);
        string?[] colours = [.. Enumerable.Range(0, rows).Select(_ => random.Next(8) is int c && c < 7 ? $"colour {c}" : null)];
        float[] labels = [.. amounts.Labels.ToArray().Select((label, row) => label * (colours[row] is "colour 2" or "colour 5" ? 4 : 1))];
        return amounts with { Data = new([.. amounts.Data.Columns, FeatureColumn.Categorical("colour", colours)]), Labels = labels };
    }
}
