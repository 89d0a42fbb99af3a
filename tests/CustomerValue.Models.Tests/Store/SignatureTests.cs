using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Store;
using CustomerValue.Models.Value;
using CustomerValue.Models.Versions;

namespace CustomerValue.Models.Tests.Store;

/// <summary>Versions that are signed, and those that somebody made fit in every hash but could not sign.</summary>
public sealed class SignatureTests : IDisposable
{
    private static readonly RaceInput s_input = Logs.Input(Logs.Simulated(300, seed: 4), new DateOnly(2024, 8, 1), 90);
    private static readonly RaceResult s_result = new Race(CandidateCatalogue.Standard).Run(s_input);
    private readonly string _root = Directory.CreateTempSubdirectory("signed-").FullName;
    private readonly string _folder, _key, _other;

    public SignatureTests()
    {
        (_folder, _key, _other) = (Path.Combine(_root, "store"), Path.Combine(_root, "a.key"), Path.Combine(_root, "b.key"));
        SigningKey.New(_key, _folder);
        SigningKey.New(_other, _folder);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Only_what_a_trusted_key_signed_is_opened_promoted_or_tried()
    {
        string unsigned = Publish(null), signed = Publish(_key);
        ModelStore open = new(_folder, TimeProvider.System), strict = Trusting(_key);

        strict.Promote(signed);
        ScoringModel.Load(strict.Open(signed), CandidateCatalogue.Standard).Version.Should().Be(signed);
        foreach (Action refused in (Action[])[() => strict.Open(unsigned), () => strict.Promote(unsigned), () => strict.Challenge(unsigned)])
            refused.Should().Throw<ModelStoreException>().WithMessage("*manifest.sig is missing*Sign it*");
        ((Action)(() => Trusting(_other).Open(signed))).Should().Throw<ModelStoreException>().WithMessage("*none of the 1 trusted key(s) signed*");
        open.Open(unsigned).VerifyFiles();
        open.Open(signed).VerifyFiles();

        using SigningKey key = SigningKey.Read(_key, _folder);
        open.Sign(unsigned, key);
        strict.Promote(unsigned);
        strict.Rollback().Should().Be(signed);
    }

    [Fact]
    public void Two_keys_are_trusted_while_one_takes_the_place_of_the_other()
    {
        string version = Publish(_key), later = Publish(_other);
        File.WriteAllText(Path.Combine(_root, "both.pub"), File.ReadAllText(_key + ".pub") + "of the year before\n" + File.ReadAllText(_other + ".pub"));
        ModelStore both = new(_folder, TimeProvider.System, TrustedKeys.Read(Path.Combine(_root, "both.pub"), _folder));

        both.Promote(version);
        both.Promote(later);
        ((Action)(() => Trusting(_other).Open(version))).Should().Throw<ModelStoreException>();
    }

    [Fact]
    public void A_version_forged_in_every_hash_is_refused_for_its_signature_alone()
    {
        string version = Publish(_key), another = Publish(_key), folder = Path.Combine(_folder, version), manifest = Path.Combine(folder, "manifest.json");
        string original = File.ReadAllText(manifest);
        JsonObject forged = JsonNode.Parse(original)!.AsObject();
        forged["description"] = "forged";
        Reseal(forged.ToJsonString());
        new ModelStore(_folder, TimeProvider.System).Open(version).Manifest.Description.Should().Be("forged", "every hash fits");
        Refused();

        Reseal(original);
        Trusting(_key).Open(version).VerifyFiles();
        string good = File.ReadAllText(Path.Combine(folder, "manifest.sig"));
        foreach (string bad in (string[])["", "not base64!", "AAAA", good[..^8], File.ReadAllText(Path.Combine(_folder, another, "manifest.sig")), new string('A', 5000), Flipped(good)])
        {
            File.WriteAllText(Path.Combine(folder, "manifest.sig"), bad);
            Refused();
        }

        void Refused() => ((Action)(() => Trusting(_key).Open(version))).Should().Throw<ModelStoreException>().WithMessage("*manifest.sig*");

        void Reseal(string text)
        {
            File.WriteAllText(manifest, text);
            File.WriteAllText(Path.Combine(folder, "manifest.sha256"), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))) + "\n");
        }

        static string Flipped(string signature)
        {
            byte[] bytes = Convert.FromBase64String(signature.Trim());
            bytes[^1] ^= 1;
            return Convert.ToBase64String(bytes);
        }
    }

    [Fact]
    public void Another_program_can_check_the_signature()
    {
        string folder = Path.Combine(_folder, Publish(_key)), raw = Path.Combine(_root, "raw.sig");
        Assert.SkipUnless(File.Exists("/usr/bin/openssl"), "openssl is not here.");
        File.WriteAllBytes(raw, Convert.FromBase64String(File.ReadAllText(Path.Combine(folder, "manifest.sig")).Trim()));

        using Process openssl = Process.Start(new ProcessStartInfo("/usr/bin/openssl", ["dgst", "-sha256", "-verify", _key + ".pub", "-signature", raw, Path.Combine(folder, "manifest.json")]) { RedirectStandardOutput = true })!;

        openssl.StandardOutput.ReadToEnd().Should().Contain("Verified OK");
        openssl.WaitForExit();
    }

    [Fact]
    public void A_damaged_version_is_not_signed()
    {
        string version = Publish(null);
        File.AppendAllText(Path.Combine(_folder, version, "recipe.json"), " ");
        using SigningKey key = SigningKey.Read(_key, _folder);

        ((Action)(() => new ModelStore(_folder, TimeProvider.System).Sign(version, key))).Should().Throw<ModelStoreException>().WithMessage("*recipe.json*");
        File.Exists(Path.Combine(_folder, version, "manifest.sig")).Should().BeFalse();
    }

    [Fact]
    public void Keys_are_for_their_owner_outside_of_the_store_and_of_one_kind()
    {
        Refuses(() => SigningKey.New(_key, _folder), "*found a file*");
        Refuses(() => SigningKey.New(Path.Combine(_folder, "x", "k"), _folder), "*lies in the model store*");
        Refuses(() => SigningKey.Read(Path.Combine(_root, "none"), _folder), "*cannot be read*");
        Refuses(() => SigningKey.Read(_key + ".pub", _folder), OperatingSystem.IsWindows() ? "*no private key*" : "*others may read*");
        Refuses(() => TrustedKeys.Read(_key, _folder), "*found a block 'PRIVATE KEY'*");
        File.WriteAllText(Path.Combine(_root, "none.pub"), "nothing");
        Refuses(() => TrustedKeys.Read(Path.Combine(_root, "none.pub"), _folder), "*found no key*");
        using ECDsa large = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        File.WriteAllText(Path.Combine(_root, "large.pub"), large.ExportSubjectPublicKeyInfoPem());
        Refuses(() => TrustedKeys.Read(Path.Combine(_root, "large.pub"), _folder), "*another kind or curve*");
        using RSA rsa = RSA.Create(2048);
        File.WriteAllText(Path.Combine(_root, "rsa.pub"), rsa.ExportSubjectPublicKeyInfoPem());
        Refuses(() => TrustedKeys.Read(Path.Combine(_root, "rsa.pub"), _folder), "*rsa.pub*");
        if (OperatingSystem.IsWindows())
            return;
        File.GetUnixFileMode(_key).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.SetUnixFileMode(_key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Refuses(() => SigningKey.Read(_key, _folder), "*others may read*");

        static void Refuses(Action action, string message) => action.Should().Throw<ModelStoreException>().WithMessage(message);
    }

    [Fact]
    public void What_was_verified_is_what_is_used()
    {
        string version = Publish(null), recipe = Path.Combine(_folder, version, "recipe.json");
        byte[] original = File.ReadAllBytes(recipe);
        VersionReader reader = new ModelStore(_folder, TimeProvider.System).Open(version);
        reader.VerifyFiles();

        File.WriteAllText(recipe, "something else");

        reader.Read("recipe.json").Should().Equal(original, "it is not read again");
        ((Action)(() => new ModelStore(_folder, TimeProvider.System).Open(version).VerifyFiles())).Should().Throw<ModelStoreException>();
    }

    [Fact]
    public void What_killed_programs_left_beside_the_champion_is_swept()
    {
        Directory.CreateDirectory(_folder);
        string old = Path.Combine(_folder, "champion.0a1b.tmp"), fresh = Path.Combine(_folder, "champion.0a1c.tmp"), partial = Path.Combine(_folder, ".champion.0a1b.partial");
        foreach (string path in (string[])[old, fresh, partial])
            File.WriteAllText(path, "x");
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddMinutes(-5));

        new ModelStore(_folder, TimeProvider.System).Promote(Publish(null));

        File.Exists(old).Should().BeFalse();
        File.Exists(fresh).Should().BeTrue("a program of before may still be writing it");
        File.Exists(partial).Should().BeFalse();
    }

    private ModelStore Trusting(string key) => new(_folder, TimeProvider.System, TrustedKeys.Read(key + ".pub", _folder));

    private string Publish(string? key)
    {
        using SigningKey? signer = key is null ? null : SigningKey.Read(key, _folder);
        return VersionPublisher.Publish(new ModelStore(_folder, TimeProvider.System) { Signer = signer }, s_input, s_result, new ValueOptions(), "tests", new Dictionary<string, string>()).Version;
    }
}
