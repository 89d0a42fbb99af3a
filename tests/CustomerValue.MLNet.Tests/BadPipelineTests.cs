using System.IO.Compression;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Store;
using CustomerValue.Models.Tests;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace CustomerValue.MLNet.Tests;

/// <summary>Pipelines that cannot be trusted are left out with the reason; zips that cannot answer are refused by name.</summary>
public sealed class BadPipelineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_a_score() =>
        Reason(ml => ml.Transforms.ReplaceMissingValues("Features")).Should().Contain("churn scores").And.Contain("no column 'Score'").And.Contain("Features");

    [Fact]
    public void With_a_score_of_several_numbers() =>
        Reason(ml => ml.Transforms.CopyColumns("Score", "Features")).Should().Contain("expected one Single a customer");

    [Fact]
    public void With_scores_that_are_not_finite() =>
        Reason(ml => ml.Transforms.Expression("Score", "x : log(0f * x)", "x")).Should().MatchRegex("churn scores are not finite for [0-9]+ of [0-9]+ customers held back");

    [Fact]
    public void That_throws_when_it_is_fitted() =>
        Reason(ml => ml.Transforms.Conversion.MapValueToKey("nothing", "customer_id").Append(Linear(ml))).Should().Contain("cannot be fitted").And.Contain("customer_id");

    [Fact]
    public void That_throws_when_it_is_made() =>
        Reason(_ => throw new InvalidOperationException("no licence")).Should().Contain("cannot be fitted: no licence");

    [Fact]
    public void That_asks_for_a_column_that_is_not_there() =>
        Reason(ml => ml.Transforms.Concatenate("Features", "shoe_size").Append(Linear(ml))).Should().Contain("shoe_size");

    [Fact]
    public void That_learns_from_the_future() =>
        Reason(ml => ml.Transforms.Concatenate("Features", "x", "outcome_spend").Append(Linear(ml))).Should().Contain("customers whose future is not known").And.Contain("outcome_spend");

    [Fact]
    public void That_answers_otherwise_when_several_ask() =>
        Reason(ml => ml.Transforms.CustomMapping<Forgetful.Seen, Forgetful.Kept>(Forgetful.Map, Forgetful.Contract)).Should().Contain("not thread-safe");

    [Fact]
    public void That_no_other_program_could_load() =>
        Reason(ml => ml.Transforms.CustomMapping<Forgetful.Seen, Forgetful.Kept>((seen, kept) => kept.Score = seen.x, contractName: null)).Should().Contain("cannot be saved");

    [Fact]
    public void That_expects_nothing_of_anyone() =>
        FluentActions.Invoking(() => Fit(Linear, ml => ml.Transforms.Expression("Score", "x : 0f * x - 1f", "x"))).Should().Throw<CandidateFailedException>().WithMessage("*expected purchases are 0 or less*");

    [Fact]
    public void A_race_goes_on_without_it_and_says_why()
    {
        RaceInput input = Logs.Input(Logs.Simulated(300, 5), new DateOnly(2024, 9, 1), 60);
        CandidateCatalogue entrants = new CandidateCatalogue([new RecencyRule(), SmallShop.Prior], SmallShop.Prior.Name, null)
            .With(PipelineCandidate.Of("broken", _ => throw new InvalidOperationException("no licence"), Linear, Linear)).With(PipelineCandidate.Of("sound", Linear, Poisson, Poisson));

        RaceResult race = new Race(entrants).Run(input);

        race.Report!.Candidates.Select(candidate => candidate.Name).Should().Contain(["mbg-nbd", "sound"]).And.NotContain("broken");
        Finding finding = race.Findings.Should().ContainSingle(found => found.Code == "candidate-left-out").Subject;
        finding.Severity.Should().Be(Severity.Warning);
        finding.Message.Should().Contain("broken did not run").And.Contain("no licence");
    }

    [Fact]
    public void A_name_that_cannot_name_files_is_refused() =>
        FluentActions.Invoking(() => PipelineCandidate.Of("../mine", Linear, Linear, Linear)).Should().Throw<ArgumentException>().WithMessage("*'../mine'*");

    [Fact]
    public void A_zip_that_is_truncated_not_a_model_or_needs_an_unknown_part_is_refused_by_name()
    {
        VersionReader whole = SavedModels.Publish(_folder.Path, Fit(Linear, Poisson));
        CandidateCatalogue catalogue = MLNetEngine.AddTo(CandidateCatalogue.Standard);
        catalogue.Read("mine", whole).Predict(AttributedShop.Training.Latest, 60).Count.Should().Be(AttributedShop.Training.Latest.Count);

        Refuse(zip => zip[..(zip.Length / 2)]);
        Refuse(_ => "not a zip"u8.ToArray());
        Refuse(_ => Empty());
        Refuse(zip => Rename(zip, "ConcatTransform", "XoncatTransform")).Message.Should().Contain("XoncatTransform");
        Refuse(zip => Rename(zip, "ChurnProbability", "XhurnProbability")).Message.Should().Contain("ChurnProbability");

        ModelStoreException Refuse(Func<byte[], byte[]> change) => FluentActions.Invoking(() => catalogue.Read("mine", SavedModels.Change(_folder.Path, whole, "mine.zip", change)))
            .Should().Throw<ModelStoreException>().WithMessage("mine.zip of version * cannot be loaded: *").Which;
    }

    [Fact]
    public void A_version_of_a_candidate_that_nobody_knows_is_refused_by_name() =>
        FluentActions.Invoking(() => MLNetEngine.AddTo(CandidateCatalogue.Standard).Read("theirs", SavedModels.Publish(_folder.Path, Fit(Linear, Poisson))))
            .Should().Throw<ModelStoreException>().WithMessage("*'theirs'*theirs.zip*");

    private static string Reason(Func<MLContext, IEstimator<ITransformer>> churn) =>
        FluentActions.Invoking(() => Fit(churn, Poisson)).Should().Throw<CandidateFailedException>().Which.Message;

    private static ICustomerModel Fit(Func<MLContext, IEstimator<ITransformer>> churn, Func<MLContext, IEstimator<ITransformer>> rest) =>
        PipelineCandidate.Of("mine", churn, rest, rest).Fit(AttributedShop.Training, null, CancellationToken.None).Model;

    private static IEstimator<ITransformer> Linear(MLContext ml) => Numbers(ml).Append(ml.BinaryClassification.Trainers.LbfgsLogisticRegression(featureColumnName: "Some"));

    private static IEstimator<ITransformer> Poisson(MLContext ml) => Numbers(ml).Append(ml.Regression.Trainers.LbfgsPoissonRegression(featureColumnName: "Some"));

    private static EstimatorChain<NormalizingTransformer> Numbers(MLContext ml) => ml.Transforms.Concatenate("Some", "x", "t_x", "T", "recency").Append(ml.Transforms.NormalizeMinMax("Some"));

    private static byte[] Empty()
    {
        using MemoryStream stream = new();
        using (new ZipArchive(stream, ZipArchiveMode.Create))
        {
        }
        return stream.ToArray();
    }

    /// <summary>Writes another word of the same length into every entry.</summary>
    private static byte[] Rename(byte[] zip, string from, string to)
    {
        using MemoryStream changed = new();
        using (ZipArchive source = new(new MemoryStream(zip)), target = new(changed, ZipArchiveMode.Create, leaveOpen: true))
            foreach (ZipArchiveEntry entry in source.Entries)
            {
                using Stream reading = entry.Open(), writing = target.CreateEntry(entry.FullName).Open();
                using MemoryStream content = new();
                reading.CopyTo(content);
                string text = System.Text.Encoding.Latin1.GetString(content.ToArray()).Replace(from, to, StringComparison.Ordinal).Replace(Wide(from), Wide(to), StringComparison.Ordinal);
                writing.Write(System.Text.Encoding.Latin1.GetBytes(text));
            }
        return changed.ToArray();

        // ML.NET writes names of components as ASCII and all other strings as UTF-16.
        static string Wide(string word) => string.Concat(word.Select(letter => $"{letter}\0"));
    }
}

/// <summary>A step of a user's own that keeps what one caller gave it in a place that all callers share.</summary>
[CustomMappingFactoryAttribute(Contract)]
public sealed class Forgetful : CustomMappingFactory<Forgetful.Seen, Forgetful.Kept>
{
    public const string Contract = "forgetful";

    private static float s_last;

    public static void Map(Seen seen, Kept kept)
    {
        s_last = seen.x;
        Thread.Yield();
        kept.Score = s_last;
    }

    public override Action<Seen, Kept> GetMapping() => Map;

    public sealed class Seen
    {
#pragma warning disable CA1707, IDE1006 // the name of the feature
        public float x { get; set; }
#pragma warning restore CA1707, IDE1006
    }

    public sealed class Kept
    {
        public float Score { get; set; }
    }
}
