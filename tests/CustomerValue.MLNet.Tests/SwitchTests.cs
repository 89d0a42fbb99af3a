using CustomerValue.Models.Candidates;

namespace CustomerValue.MLNet.Tests;

/// <summary>What must hold with ML.NET and without it.</summary>
public class SwitchTests
{
    private const string Candidate = "ml-net-fast-tree";

    private static readonly CandidateCatalogue s_catalogue = MLNetEngine.AddTo(CandidateCatalogue.Standard);

    [Fact]
    public void The_engine_says_whether_it_is_on_and_what_it_is_or_why_not() =>
        MLNetEngine.Status.Should().Match(status => MLNetEngine.IsOn ? status == $"on ({MLNetEngine.Version})" : status.StartsWith("off (", StringComparison.Ordinal) && status.Contains("-p:MLNet"));

    [Fact]
    public void The_candidate_races_where_the_engine_is_on_and_is_not_listed_where_it_is_off() =>
        s_catalogue.Trainers.Any(trainer => trainer.Name == Candidate).Should().Be(MLNetEngine.IsOn);

    [Fact]
    public void The_candidates_of_every_installation_keep_their_order() =>
        s_catalogue.Trainers.Where(trainer => trainer.Name != Candidate).Should().Equal(CandidateCatalogue.Standard.Trainers);

    [Fact]
    public void The_candidate_that_combines_others_still_comes_last() =>
        s_catalogue.Trainers[^1].Name.Should().Be(s_catalogue.CombinationName);

    [Fact]
    public void Saved_models_of_the_candidate_are_read_in_either_case() =>
        s_catalogue[Candidate].Name.Should().Be(Candidate);

    [Fact]
    public void A_pool_is_refused_where_the_engine_is_off()
    {
        Action ask = () => MLNetEngine.AddTo(CandidateCatalogue.Standard, fromPool: true);

        if (MLNetEngine.IsOn)
            ask.Should().NotThrow();
        else
            ask.Should().Throw<InvalidOperationException>().WithMessage("*engine is off*");
    }

    [Fact]
    public void A_name_that_is_taken_is_refused()
    {
        Action twice = () => MLNetEngine.AddTo(s_catalogue);

        twice.Should().Throw<ArgumentException>();
    }
}
