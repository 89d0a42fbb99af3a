using System.Security.Cryptography;

namespace CustomerValue.Simulation.Tests;

public sealed class SameBytesTests : IDisposable
{
    // SHA-256 of the SHA-256s of all six files. A change of it is a change of everybody's simulated data: say so in the change log.
    private const string Golden = "fca33972ff63d4bf47d17963910b2e7fb34f425eb23c42bf4a3118166b2a5c40";
    private const string GoldenAfterOrder = "f66803ac8fe9230678d690e566a00b30f21eaa709c22887b7eca0313a7910ccd";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("customer-value-simulation-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Same_seed_gives_the_golden_bytes_for_any_number_of_threads(int threads)
    {
        SimulationOptions options = new() { Customers = 3000, Threads = threads, Timestamps = true };
        Hash(options).Should().Be(Golden);
        Hash(options with { Dropout = DropoutKind.AfterOrder, Customers = 1100 }).Should().Be(GoldenAfterOrder);
    }

    [Fact]
    public void Another_seed_gives_other_bytes()
    {
        SimulationOptions options = new() { Customers = 50, Threads = 1 };
        Hash(options with { Seed = 2 }).Should().NotBe(Hash(options));
    }

    [Fact]
    public void A_larger_simulation_leaves_the_first_customers_as_they_were()
    {
        SimulatedShop small = SimulatedShop.Of(new SimulationOptions { Customers = 300 });
        SimulatedShop large = SimulatedShop.Of(new SimulationOptions { Customers = 900 });
        large.Lines.Take(small.Lines.Count).Should().Equal(small.Lines);
        large.Truths.Take(300).Should().Equal(small.Truths);
    }

    [Fact]
    public void A_longer_log_continues_a_shorter_one()
    {
        SimulationOptions options = new() { Customers = 300, Days = 500, AcquisitionDays = 500, Campaigns = 4 };
        SimulatedShop shorter = SimulatedShop.Of(options);
        SimulatedShop longer = SimulatedShop.Of(options with { Days = 700 });
        longer.Lines.Where(line => line.Day < 500).Should().Equal(shorter.Lines);
    }

    [Fact]
    public void The_sample_files_are_what_the_sample_options_give()
    {
        SimulationSummary summary = SimulationWriter.Write(_folder.FullName, SimulationOptions.Sample);
        string samples = Path.Combine(ReferenceData.RepositoryRoot, "data", "samples");
        foreach (SimulatedFile file in summary.Files)
            File.ReadAllBytes(Path.Combine(samples, Path.GetFileName(file.Path))).Should().Equal(File.ReadAllBytes(file.Path), "of {0}", file.Path);
        summary.Bytes.Should().BeLessThan(300_000);
    }

    private string Hash(SimulationOptions options)
    {
        SimulationSummary summary = SimulationWriter.Write(_folder.FullName, options);
        using IncrementalHash all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (SimulatedFile file in summary.Files)
            all.AppendData(SHA256.HashData(File.ReadAllBytes(file.Path)));
        return Convert.ToHexStringLower(all.GetHashAndReset());
    }
}
