using CustomerValue.Data.Transactions;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Store;
using CustomerValue.Models.Value;
using CustomerValue.Models.Versions;

namespace CustomerValue.Models.Tests.Store;

public sealed class ModelStoreTests : IDisposable
{
    private static readonly DateOnly s_cutoff = new(2024, 8, 1);
    private static readonly TransactionLog s_log = Logs.Simulated(300, seed: 4);
    private static readonly RaceInput s_input = Logs.Input(s_log, s_cutoff, 90);
    private static readonly RaceResult s_result = new Race(CandidateCatalogue.Standard).Run(s_input);
    private readonly string _folder = Directory.CreateTempSubdirectory("store-").FullName;
    private readonly ModelStore _store;

    public ModelStoreTests() => _store = new ModelStore(_folder, TimeProvider.System);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_published_version_scores_as_the_model_that_was_fitted()
    {
        Manifest manifest = Publish();
        ScoringModel model = ScoringModel.Load(_store.Open(manifest.Version), CandidateCatalogue.Standard);

        ScoredCustomers scored = model.Score(s_log, null, s_cutoff, threads: 2, CancellationToken.None);

        Forecast direct = s_result.Champion.Forecast(s_result.Latest, 90);
        scored.ChurnProbability.Should().Equal(direct.ChurnProbability);
        scored.ExpectedPurchases.Should().Equal(direct.ExpectedPurchases);
        scored.ExpectedSpend.Should().Equal(direct.ExpectedSpend);
        scored.LifetimeValue.Should().OnlyContain(value => double.IsFinite(value) && value >= 0);
    }

    [Fact]
    public void One_customer_alone_scores_as_in_the_batch()
    {
        ScoringModel model = ScoringModel.Load(_store.Open(Publish().Version), CandidateCatalogue.Standard);
        ScoredCustomers all = model.Score(s_log, null, s_cutoff, threads: 2, CancellationToken.None);
        foreach (int i in new[] { 0, 17, all.Count - 1 })
        {
            int customer = s_log.Customers.Find(all.Ids[i]);
            TransactionLog alone = TransactionLog.From(Enumerable.Range(s_log.RowsOf(customer).Start.Value, s_log.Offsets.Span[customer + 1] - s_log.Offsets.Span[customer])
                .Select(row => new Transaction(all.Ids[i], s_log.FirstDay.AddDays(s_log.Days[row]), s_log.Amounts[row])));

            ScoredCustomers one = model.Score(alone, null, s_cutoff, threads: 1, CancellationToken.None);

            one[0].Should().BeEquivalentTo(all[i]);
        }
    }

    [Fact]
    public void A_flipped_byte_in_any_file_is_found()
    {
        string version = Publish().Version;
        foreach (string path in Directory.GetFiles(Path.Combine(_folder, version)))
        {
            byte[] content = File.ReadAllBytes(path);
            content[content.Length / 2] ^= 1;
            File.WriteAllBytes(path, content);

            Action load = () => ScoringModel.Load(_store.Open(version), CandidateCatalogue.Standard);
            load.Should().Throw<ModelStoreException>($"{Path.GetFileName(path)} was changed").WithMessage("*train*");

            content[content.Length / 2] ^= 1;
            File.WriteAllBytes(path, content);
        }
        ScoringModel.Load(_store.Open(version), CandidateCatalogue.Standard).Version.Should().Be(version);
    }

    [Fact]
    public void A_file_that_nobody_published_is_found()
    {
        string version = Publish().Version;
        File.WriteAllText(Path.Combine(_folder, version, "extra.json"), "{}");

        Action load = () => ScoringModel.Load(_store.Open(version), CandidateCatalogue.Standard);

        load.Should().Throw<ModelStoreException>().WithMessage("*extra.json*");
    }

    [Fact]
    public void Promotions_roll_back_one_by_one()
    {
        string first = Publish().Version, second = Publish().Version, third = Publish().Version;
        _store.Promote(first);
        _store.Promote(second);
        _store.Promote(third);

        _store.Rollback().Should().Be(second);
        _store.Rollback().Should().Be(first);
        _store.Champion.Should().Be(first);
        Action further = () => _store.Rollback();
        further.Should().Throw<ModelStoreException>().WithMessage("*no champion before*");
        _store.Champion.Should().Be(first);
    }

    [Fact]
    public void A_promotion_that_was_announced_and_never_made_is_not_rolled_back_to()
    {
        string first = Publish().Version, second = Publish().Version, third = Publish().Version;
        _store.Promote(first);
        // As a promotion that was killed before it named the champion leaves it.
        File.AppendAllText(Path.Combine(_folder, "promotions"), $"2024-01-01T00:00:00 {second}\n");

        _store.Promote(third);

        _store.Rollback().Should().Be(first);
    }

    [Fact]
    public void A_store_that_cannot_be_written_says_so_and_the_champion_stays()
    {
        string first = Publish().Version, second = Publish().Version;
        _store.Promote(first);
        string promotions = Path.Combine(_folder, "promotions");
        File.Delete(promotions);
        Directory.CreateDirectory(promotions);

        _store.Invoking(store => store.Promote(second)).Should().Throw<ModelStoreException>().WithMessage($"Model store {_folder} cannot be written: *. Make space there, or let this user write.").Which.IsUnwritable.Should().BeTrue();
        _store.Champion.Should().Be(first);
    }

    [Fact]
    public void A_damaged_version_is_not_promoted_and_the_champion_stays()
    {
        string first = Publish().Version, second = Publish().Version;
        _store.Promote(first);
        File.AppendAllText(Path.Combine(_folder, second, "recipe.json"), " ");

        Action promote = () => _store.Promote(second);

        promote.Should().Throw<ModelStoreException>().WithMessage("*recipe.json*");
        _store.Champion.Should().Be(first);
    }

    [Fact]
    public void A_writer_that_fails_leaves_nothing_behind()
    {
        Action publish = () => _store.Publish(writer =>
        {
            writer.WriteJson("half.json", 1);
            throw new InvalidOperationException("stopped");
        });

        publish.Should().Throw<InvalidOperationException>();
        Directory.EnumerateFileSystemEntries(_folder).Should().BeEmpty();
        _store.Versions.Should().BeEmpty();
    }

    [Fact]
    public void Staging_folders_of_dead_writers_are_swept_and_never_listed()
    {
        string dead = Directory.CreateDirectory(Path.Combine(_folder, ".staging-dead")).FullName;
        File.WriteAllText(Path.Combine(dead, ".lock"), "");
        File.WriteAllText(Path.Combine(dead, "recipe.json"), "{");
        _store.Versions.Should().BeEmpty();

        string version = Publish().Version;

        _store.Versions.Should().Equal(version);
        Directory.Exists(dead).Should().BeFalse();
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/etc")]
    [InlineData(".staging-x")]
    [InlineData("")]
    public void A_name_that_is_no_version_is_refused(string name)
    {
        Action open = () => _store.Open(name);

        open.Should().Throw<ModelStoreException>().WithMessage("*holds no version*");
    }

    private Manifest Publish() => VersionPublisher.Publish(_store, s_input, s_result, new ValueOptions(), "tests", new Dictionary<string, string>());
}
