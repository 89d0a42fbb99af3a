using CustomerValue.CustomerBook.Erasure;

namespace CustomerValue.CustomerBook.Tests;

public sealed class ErasedCustomersTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("erased-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Who_was_erased_is_known_again_and_no_file_tells_the_id()
    {
        ErasedCustomers.In(_folder).Count.Should().Be(0);
        string alias = ErasedCustomers.Add(_folder, "anna"), again = ErasedCustomers.Add(_folder, "anna");
        ErasedCustomers.Add(_folder, "Ωmega");

        ErasedCustomers erased = ErasedCustomers.In(_folder);

        again.Should().Be(alias).And.MatchRegex("^erased-[0-9a-f]{16}$");
        (erased.Count, erased.Contains("anna"), erased.Contains("Ωmega"), erased.Contains("Anna"), erased.Contains("")).Should().Be((2, true, true, false, false));
        foreach (string file in Directory.GetFiles(_folder))
        {
            File.ReadAllText(file).Should().NotContain("anna");
            if (!OperatingSystem.IsWindows())
                File.GetUnixFileMode(file).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        ErasedCustomers.Add(Path.Combine(_folder, "other"), "anna").Should().NotBe(alias, "each store has its own key");
    }

    [Fact]
    public void Without_its_key_the_list_is_refused()
    {
        ErasedCustomers.Add(_folder, "anna");
        File.Delete(Path.Combine(_folder, "erased.key"));

        FluentActions.Invoking(() => ErasedCustomers.In(_folder)).Should().Throw<CustomerBookException>().WithMessage("*found 1 erased customers and no erased.key beside it*");
        FluentActions.Invoking(() => ErasedCustomers.Add(_folder, "bob")).Should().Throw<CustomerBookException>("a new key would let anna come back").WithMessage("*no erased.key beside it*");
    }

    [Fact]
    public void Where_nothing_can_be_written_nobody_is_erased_and_it_says_so()
    {
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");

        FluentActions.Invoking(() => ErasedCustomers.Add(Path.Combine(file, "store"), "anna")).Should().Throw<CustomerBookException>().WithMessage("*cannot be written*nothing was erased.");
    }

    [Fact]
    public async Task Many_at_once_are_all_kept()
    {
        await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => ErasedCustomers.Add(_folder, $"c{i}"))));

        ErasedCustomers erased = ErasedCustomers.In(_folder);
        Enumerable.Range(0, 64).Should().OnlyContain(i => erased.Contains($"c{i}"));
    }
}
