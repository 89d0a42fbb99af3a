using CustomerValue.Models.Candidates;
using CustomerValue.Models.Explanations;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Snapshots;

namespace CustomerValue.Models.Tests.Explanations;

public sealed class ChurnExplainerTests
{
    private static RaceResult Result => Races.Measured.Result;

    public static TheoryData<string> Models() => [.. Result.Entrants.Select(entrant => entrant.Model.Name), PerTargetModel.CandidateName, AverageModel.CandidateName];

    [Theory]
    [MemberData(nameof(Models))]
    public void Base_and_contributions_add_up_to_the_logit_of_the_forecast(string name)
    {
        ICustomerModel model = Model(name);
        Snapshot snapshot = Result.Latest;
        int[] rows = [.. Enumerable.Range(0, snapshot.Count).Where(row => row % 9 == 0)];
        double[] churn = model.Predict(snapshot, Races.HorizonDays).ChurnProbability;

        IReadOnlyList<ChurnExplanation> explained = new ChurnExplainer(model).Explain(snapshot, rows);

        explained.Should().HaveCount(rows.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            double p = Math.Clamp(churn[rows[i]], 1e-9, 1 - 1e-9), sum = explained[i].Base + explained[i].Reasons.Sum(reason => reason.Contribution);
            explained[i].CustomerId.Should().Be(snapshot.Aggregates.CustomerId(rows[i]));
            sum.Should().BeApproximately(Math.Log(p / (1 - p)), 1e-9 + 1e-15 / Math.Min(p, 1 - p), "customer {0} of {1}", i, name);
            explained[i].Reasons.Should().NotContain(reason => reason.Feature == ChurnExplainer.AdjustmentFeature);
        }
    }

    [Fact]
    public void Trees_give_features_and_the_rhythm_and_every_reason_a_sentence()
    {
        ChurnExplanation explained = new ChurnExplainer(Model("prior-boosted")).Explain(Result.Latest, [3])[0];

        explained.Reasons.Should().HaveCountGreaterThan(5);
        explained.Reasons.Should().ContainSingle(reason => reason.Feature == ChurnExplainer.RhythmFeature);
        explained.Reasons.Select(reason => reason.Feature).Should().OnlyHaveUniqueItems();
        explained.Reasons.Select(reason => Math.Abs(reason.Contribution)).Should().BeInDescendingOrder();
        explained.Reasons.Should().OnlyContain(reason => reason.Text.Length > 0 && char.IsUpper(reason.Text[0]) && !reason.Text.Contains('{'));
    }

    [Fact]
    public void A_buy_till_you_die_model_gives_one_reason_and_states_its_probability()
    {
        double churn = Model("mbg-nbd").Predict(Result.Latest, Races.HorizonDays).ChurnProbability[8];

        ChurnExplanation explained = new ChurnExplainer(Model("mbg-nbd")).Explain(Result.Latest, [8])[0];

        explained.Base.Should().Be(0);
        explained.Reasons.Should().ContainSingle().Which.Value.Should().BeApproximately(churn, 1e-12);
        explained.Reasons[0].Text.Should().Be(FormattableString.Invariant($"The rhythm of purchases alone puts the chance of no purchase at {100 * churn:0} %"));
    }

    [Fact]
    public void One_customer_is_explained_as_among_others()
    {
        ChurnExplainer explainer = new(Model("blend"));

        ChurnExplanation alone = explainer.Explain(Result.Latest, [20])[0], among = explainer.Explain(Result.Latest, [1, 20, 5])[1];

        alone.Base.Should().BeApproximately(among.Base, 1e-12);
        alone.Reasons.Select(reason => (reason.Feature, Math.Round(reason.Contribution, 10))).Should().Equal(among.Reasons.Select(reason => (reason.Feature, Math.Round(reason.Contribution, 10))));
    }

    private static ICustomerModel Model(string name) => name == AverageModel.CandidateName ? new AverageModel([Model("mbg-nbd"), Model("boosted"), Model("blend")], [0.5, 0.25, 0.25])
        : name == PerTargetModel.CandidateName
        ? new PerTargetModel(Model("blend"), Model("mbg-nbd"), Model("boosted"))
        : Result.Entrants.Single(entrant => entrant.Model.Name == name).Model;
}
