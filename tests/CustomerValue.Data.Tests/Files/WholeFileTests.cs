using CustomerValue.Data.Files;

namespace CustomerValue.Data.Tests.Files;

public sealed class WholeFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_appears_with_its_last_byte_and_replaces_the_earlier_one()
    {
        string path = _folder.PathOf("new folder", "scores.csv");
        WholeFile.Write(path, "old");
        using (WholeFile file = new(path))
        {
            file.Content.Write("new"u8);
            File.ReadAllText(path).Should().Be("old");
            file.Publish();
            File.ReadAllText(path).Should().Be("new");
        }
        Names("new folder").Should().Equal("scores.csv");
    }

    [Fact]
    public void A_failure_while_writing_leaves_the_earlier_file_and_nothing_else()
    {
        string path = _folder.PathOf("scores.csv");
        WholeFile.Write(path, "old");
        Action fail = () => WholeFile.Write(path, stream =>
        {
            stream.Write("half"u8);
            throw new InvalidOperationException("in the middle");
        });
        fail.Should().Throw<InvalidOperationException>();
        File.ReadAllText(path).Should().Be("old");
        Names().Should().Equal("scores.csv");
    }

    [Fact]
    public void The_next_writer_removes_what_a_killed_one_left_and_spares_one_that_still_writes()
    {
        string path = _folder.PathOf("scores.csv");
        using WholeFile living = new(path);
        living.Content.Write("living"u8);
        string abandoned = _folder.PathOf(".scores.csv.k1lled00.abc.partial"), other = _folder.PathOf(".other.csv.k1lled00.abc.partial");
        File.WriteAllText(abandoned, "half");
        File.WriteAllText(other, "half");

        WholeFile.Write(path, "second");

        File.Exists(abandoned).Should().BeFalse();
        File.Exists(other).Should().BeTrue("it is of another file");
        living.Publish();
        File.ReadAllText(path).Should().Be("living");
    }

    /// <summary>Such as the file that names the champion, which every service looks at twice a second.</summary>
    [Fact]
    public async Task Who_reads_while_a_file_is_replaced_finds_one_whole_content_or_the_other()
    {
        string path = _folder.PathOf("champion"), one = new('a', 2000), other = new('b', 3000);
        WholeFile.Write(path, one);
        using CancellationTokenSource done = new();
        Task<int>[] readers = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            int reads = 0;
            for (; !done.IsCancellationRequested || reads == 0; reads++)
                File.ReadAllText(path).Should().BeOneOf(one, other);
            return reads;
        }))];

        for (int i = 0; i < 400; i++)
            WholeFile.Write(path, i % 2 == 0 ? other : one);
        await done.CancelAsync();

        (await Task.WhenAll(readers)).Should().OnlyContain(reads => reads > 0);
    }

    [Fact]
    public void A_folder_in_the_place_of_the_file_is_an_io_error_and_leaves_nothing()
    {
        Directory.CreateDirectory(_folder.PathOf("taken"));
        Action write = () => WholeFile.Write(_folder.PathOf("taken"), "text");
        write.Should().Throw<Exception>().Which.Should().Match(error => error is IOException || error is UnauthorizedAccessException);
        Names().Should().Equal("taken");
    }

    private IEnumerable<string> Names(params string[] parts) => Directory.GetFileSystemEntries(_folder.PathOf(parts)).Select(path => Path.GetFileName(path)!);
}
