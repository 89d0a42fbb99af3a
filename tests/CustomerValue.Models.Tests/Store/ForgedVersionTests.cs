using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Store;
using CustomerValue.Models.Value;
using CustomerValue.Models.Versions;

namespace CustomerValue.Models.Tests.Store;

/// <summary>Versions that somebody changed after publishing, with hashes of files and manifest made to fit again.</summary>
public sealed class ForgedVersionTests : IDisposable
{
    private static readonly RaceInput s_input = Logs.Input(Logs.Simulated(300, seed: 4), new DateOnly(2024, 8, 1), 90);
    private static readonly RaceResult s_result = new Race(CandidateCatalogue.Standard).Run(s_input);
    private readonly string _folder = Directory.CreateTempSubdirectory("forged-").FullName;
    private readonly ModelStore _store;
    private readonly string _version;

    public ForgedVersionTests()
    {
        _store = new ModelStore(_folder, TimeProvider.System);
        _version = VersionPublisher.Publish(_store, s_input, s_result, new ValueOptions(), "tests", new Dictionary<string, string>()).Version;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_model_file_changed_with_its_hash_is_neither_loaded_nor_promoted()
    {
        foreach (StoredFile file in ModelStore.ModelFiles(_store.Open(_version).Manifest))
        {
            byte[] original = File.ReadAllBytes(PathOf(file.Name)), forged = (byte[])original.Clone();
            forged[forged.Length / 2] ^= 1;
            Rewrite(file.Name, forged, _ => { });

            Refused("*model hash*", because: file.Name);

            Rewrite(file.Name, original, _ => { });
        }
        ScoringModel.Load(_store.Open(_version), CandidateCatalogue.Standard).Version.Should().Be(_version);
    }

    [Theory]
    [InlineData("horizon_days", -5)]
    [InlineData("horizon_days", 91)]
    [InlineData("model", "recency-rule-of-another")]
    [InlineData("feature_schema_hash", "0000")]
    public void A_manifest_that_says_what_the_files_do_not_is_refused(string member, object value)
    {
        Rewrite(null, [], manifest => manifest[member] = JsonSerializer.SerializeToNode(value));

        Action load = () => ScoringModel.Load(_store.Open(_version), CandidateCatalogue.Standard);

        load.Should().Throw<ModelStoreException>().WithMessage("*the manifest was changed after publishing*");
    }

    [Theory]
    [InlineData("""{"name":null,"bytes":1,"sha256":"0"}""")]
    [InlineData("null")]
    [InlineData("""{"name":"recipe.json","bytes":1,"sha256":"0"}""")]
    public void A_file_named_twice_or_not_at_all_is_refused(string file)
    {
        Rewrite(null, [], manifest => manifest["files"]!.AsArray().Add(JsonNode.Parse(file)));

        Refused("*", because: file);
    }

    [Fact]
    public void Links_out_of_the_store_are_refused()
    {
        string outside = Directory.CreateTempSubdirectory("outside-").FullName, recipe = PathOf("recipe.json"), moved = Path.Combine(outside, "recipe.json");
        File.Move(recipe, moved);
        File.CreateSymbolicLink(recipe, moved);
        Refused("*found a link*", because: "a file is one");

        File.Delete(recipe);
        File.Move(moved, recipe);
        Directory.Move(Path.Combine(_folder, _version), Path.Combine(outside, _version));
        Directory.CreateSymbolicLink(Path.Combine(_folder, _version), Path.Combine(outside, _version));
        Refused("*found a link*", because: "the folder is one");
        Directory.Delete(Path.Combine(_folder, _version));
        Directory.Delete(outside, recursive: true);
    }

    [Fact]
    public void A_version_without_manifest_or_under_an_odd_name_is_listed_and_the_others_go_on()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "20240101-000000-00000000"));
        Directory.CreateDirectory(Path.Combine(_folder, "campaigns"));
        Directory.CreateDirectory(Path.Combine(_folder, "of my own"));
        File.WriteAllText(Path.Combine(_folder, "of my own", "manifest.json"), "{}");

        _store.Versions.Should().BeEquivalentTo("20240101-000000-00000000", "of my own", _version);
        foreach (string odd in (string[])["20240101-000000-00000000", "of my own"])
            _store.Invoking(store => store.Open(odd)).Should().Throw<ModelStoreException>();
        _store.Promote(_version);
    }

    [Theory]
    [InlineData("../../etc")]
    [InlineData("a b\nroot:x:0:0")]
    public void A_champion_file_that_names_no_version_is_told_without_its_content(string content)
    {
        File.WriteAllText(_store.ChampionPath, content);

        _store.Invoking(store => store.Champion).Should().Throw<ModelStoreException>().WithMessage("*found no name of a version*").Where(error => !error.Message.Contains(content));
    }

    [Fact]
    public void Promotions_do_not_grow_for_ever_and_the_last_can_be_rolled_back()
    {
        string other = VersionPublisher.Publish(_store, s_input, s_result, new ValueOptions(), "tests", new Dictionary<string, string>()).Version;
        File.WriteAllLines(Path.Combine(_folder, "promotions"), Enumerable.Repeat($"2024-01-01T00:00:00 {other}", 5000));
        _store.Promote(other);
        _store.Promote(_version);

        File.ReadAllLines(Path.Combine(_folder, "promotions")).Length.Should().BeInRange(500, 1000);
        _store.Rollback().Should().Be(other);
    }

    private void Refused(string message, string because)
    {
        Action load = () => ScoringModel.Load(_store.Open(_version), CandidateCatalogue.Standard), promote = () => _store.Promote(_version);
        load.Should().Throw<ModelStoreException>(because).WithMessage(message);
        promote.Should().Throw<ModelStoreException>(because).WithMessage(message);
        _store.Champion.Should().BeNull();
    }

    /// <summary>Replaces a file and makes its hash in the manifest and the seal of the manifest fit.</summary>
    private void Rewrite(string? name, byte[] content, Action<JsonObject> change)
    {
        JsonObject manifest = JsonNode.Parse(File.ReadAllText(PathOf("manifest.json")))!.AsObject();
        if (name is not null)
        {
            File.WriteAllBytes(PathOf(name), content);
            JsonNode file = manifest["files"]!.AsArray().Single(file => file!["name"]!.GetValue<string>() == name)!;
            file["bytes"] = content.Length;
            file["sha256"] = Convert.ToHexStringLower(SHA256.HashData(content));
        }
        change(manifest);
        byte[] text = Encoding.UTF8.GetBytes(manifest.ToJsonString(StoreJson.Options));
        File.WriteAllBytes(PathOf("manifest.json"), text);
        File.WriteAllText(PathOf("manifest.sha256"), Convert.ToHexStringLower(SHA256.HashData(text)) + "\n");
    }

    private string PathOf(string name) => Path.Combine(_folder, _version, name);
}
