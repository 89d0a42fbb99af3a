using CustomerValue.Models.Candidates;

namespace CustomerValue.MLNet.Tests;

public class CatalogueTests
{
    private const string Candidate = "ml-net-fast-tree";

    private static readonly CandidateCatalogue s_catalogue = MLNetEngine.AddTo(CandidateCatalogue.Standard);

    [Fact]
    public void The_engine_says_its_version() =>
        MLNetEngine.Version.Should().StartWith("5.0.1");

    [Fact]
    public void The_candidates_of_every_installation_keep_their_order() =>
        s_catalogue.Trainers.Where(trainer => trainer.Name != Candidate).Should().Equal(CandidateCatalogue.Standard.Trainers);

    [Fact]
    public void The_candidate_that_combines_others_still_comes_last() =>
        s_catalogue.Trainers[^1].Name.Should().Be(s_catalogue.CombinationName);

    [Fact]
    public void A_name_that_is_taken_is_refused()
    {
        Action twice = () => MLNetEngine.AddTo(s_catalogue);

        twice.Should().Throw<ArgumentException>();
    }
}
