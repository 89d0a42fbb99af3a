using Microsoft.Data.Sqlite;

namespace CustomerValue.CustomerBook.Tests;

public sealed class SqliteBookTests : BookContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("customer-book-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Looking_for_a_book_creates_no_file()
    {
        CustomerBookOptions options = CustomerBookOptions.InStore(Path.Combine(_folder, "store"));

        (await new CustomerBookDatabase(options).HeaderAsync()).Should().BeNull();

        Directory.EnumerateFileSystemEntries(_folder).Should().BeEmpty();
    }

    [Fact]
    public async Task A_writer_killed_half_way_leaves_the_old_book()
    {
        CustomerBookOptions options = CustomerBookOptions.InStore(Path.Combine(_folder, "alive"));
        BookHeader old = await new CustomerBookDatabase(options).WriteAsync(s_header, s_columns, Many(1));
        string[] crashes = ["start", "middle", "end"];

        await new CustomerBookDatabase(options).WriteAsync(s_header with { ModelVersion = "new" }, s_columns, WithCrashes());

        foreach (string crash in crashes)
        {
            CustomerBookDatabase book = new(CustomerBookOptions.InStore(Path.Combine(_folder, crash)));
            (await book.HeaderAsync()).Should().BeEquivalentTo(old, "the files as they were at the {0} of writing hold the old book", crash);
            (await book.FindAsync("c00777"))!.Row.Number("overdue").Should().Be(1);
            (await book.WriteAsync(s_header, s_columns, Many(3))).Customers.Should().Be(60_000, "and a new one can be written over them");
        }

        // Copies of the files at a moment are what a kill at that moment leaves.
        IEnumerable<object?[]> WithCrashes()
        {
            foreach ((int i, object?[] score) in Many(2).Index())
            {
                if (i % 29_999 == 1)
                    CopyFiles(crashes[i / 29_999]);
                yield return score;
            }
        }

        void CopyFiles(string crash)
        {
            Directory.CreateDirectory(Path.Combine(_folder, crash));
            foreach (string path in Directory.EnumerateFiles(Path.Combine(_folder, "alive")).Where(path => !path.EndsWith("-shm", StringComparison.Ordinal)))
                File.Copy(path, Path.Combine(_folder, crash, Path.GetFileName(path)));
        }

        static IEnumerable<object?[]> Many(double mark) => Enumerable.Range(0, 60_000).Select(i => Score($"c{i:00000}", mark));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_named_in_the_message()
    {
        string path = Path.Combine(_folder, CustomerBookOptions.FileName);
        await File.WriteAllTextAsync(path, new string('x', 8192));
        CustomerBookDatabase book = new(CustomerBookOptions.InStore(_folder));

        await book.Awaiting(b => b.FindAsync("anna")).Should().ThrowAsync<CustomerBookException>().WithMessage($"*{path}*not a database*");
        await book.Awaiting(b => b.WriteAsync(s_header, s_columns, [])).Should().ThrowAsync<CustomerBookException>().WithMessage($"*{path}*not a database*");
    }

    [Fact]
    public async Task A_book_that_is_deleted_or_replaced_answers_no_more()
    {
        CustomerBookOptions options = CustomerBookOptions.InStore(Path.Combine(_folder, "here")), another = CustomerBookOptions.InStore(Path.Combine(_folder, "there"));
        await new CustomerBookDatabase(options).WriteAsync(s_header, s_columns, [Score("anna", 1)]);
        await new CustomerBookDatabase(another).WriteAsync(s_header with { ModelVersion = "another" }, s_columns, [Score("ben", 1)]);
        CustomerBookDatabase reader = new(options);
        (await reader.FindAsync("anna")).Should().NotBeNull();

        File.Move(Path.Combine(_folder, "there", CustomerBookOptions.FileName), Path.Combine(_folder, "here", CustomerBookOptions.FileName), overwrite: true);
        (await reader.FindAsync("anna")).Should().BeNull("the file that held her is gone");
        (await reader.HeaderAsync())!.ModelVersion.Should().Be("another");

        File.Delete(Path.Combine(_folder, "here", CustomerBookOptions.FileName));
        (await reader.FindAsync("ben")).Should().BeNull();
        (await reader.HeaderAsync()).Should().BeNull();
    }

    [Fact]
    public async Task Who_is_not_in_the_new_book_is_in_none_of_its_files()
    {
        CustomerBookDatabase book = new(CustomerBookOptions.InStore(_folder));
        await book.WriteAsync(s_header, s_columns, Enumerable.Range(0, 20_000).Select(i => Score($"forget-me-{i:00000}", 1)));
        await book.WriteAsync(s_header, s_columns, [Score("anna", 1)]);

        foreach (string path in Directory.EnumerateFiles(_folder))
            (await File.ReadAllBytesAsync(path)).AsSpan().IndexOf("forget-me"u8).Should().Be(-1, path);
    }

    [Fact]
    public async Task Only_its_owner_may_read_a_book()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Permissions of this kind are of Unix.");
        await new CustomerBookDatabase(CustomerBookOptions.InStore(_folder)).WriteAsync(s_header, s_columns, Watched());
        ModeOf(Path.Combine(_folder, CustomerBookOptions.FileName)).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        IEnumerable<object?[]> Watched()
        {
            yield return Score("anna", 1);
            foreach (string path in Directory.EnumerateFiles(_folder))
                ModeOf(path).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite, path);
        }

        static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);
    }

    [Fact]
    public async Task Whether_a_book_can_be_written_is_told_without_writing_one()
    {
        CustomerBookDatabase none = new(CustomerBookOptions.InStore(Path.Combine(_folder, "later"))), damaged = new(CustomerBookOptions.InStore(_folder));
        await none.CheckWritableAsync();
        Directory.EnumerateFileSystemEntries(_folder).Should().BeEmpty();

        await File.WriteAllTextAsync(Path.Combine(_folder, CustomerBookOptions.FileName), new string('x', 8192));
        await damaged.Awaiting(book => book.CheckWritableAsync()).Should().ThrowAsync<CustomerBookException>().WithMessage("*not a database*");
        CustomerBookDatabase inFile = new(CustomerBookOptions.InStore(Path.Combine(_folder, CustomerBookOptions.FileName)));
        await inFile.Awaiting(book => book.WriteAsync(s_header, s_columns, [])).Should().ThrowAsync<CustomerBookException>();
    }

    [Fact]
    public async Task A_book_that_lies_still_is_read_where_nothing_can_be_written_beside_it()
    {
        CustomerBookOptions options = CustomerBookOptions.InStore(Path.Combine(_folder, "a b?c#d%20"));
        BookHeader header = await new CustomerBookDatabase(options).WriteAsync(s_header, s_columns, [Score("anna", 1)]);
        string file = Path.Combine(_folder, "a b?c#d%20", CustomerBookOptions.FileName);
        // A folder in the place of the index of the log stands for a disk that cannot be written, also for the superuser.
        Directory.CreateDirectory(file + "-shm");

        Same(await new CustomerBookDatabase(options).FindAsync("anna"), header, Score("anna", 1));
    }

    [Fact]
    public async Task A_damaged_page_is_the_books_fault_for_every_customer()
    {
        CustomerBookDatabase book = new(CustomerBookOptions.InStore(_folder));
        await book.WriteAsync(s_header, s_columns, Enumerable.Range(0, 20_000).Select(i => Score($"c{i:00000}", 1)));
        string path = Path.Combine(_folder, CustomerBookOptions.FileName);
        byte[] content = await File.ReadAllBytesAsync(path);
        new Random(3).NextBytes(content.AsSpan(8192));
        await File.WriteAllBytesAsync(path, content);

        foreach (string id in (string[])["c00000", "c10000", "c19999", "nobody"])
            await book.Awaiting(b => b.FindAsync(id)).Should().ThrowAsync<CustomerBookException>();
    }

    [Fact]
    public async Task Progress_counts_customers()
    {
        List<long> reports = [];
        CustomerBookDatabase book = new(await EmptyAsync());

        await book.WriteAsync(s_header, s_columns, Enumerable.Range(0, 20_000).Select(i => Score($"c{i:00000}", 1)), new Recorder(reports));

        reports.Should().Equal(8192, 16384);
    }

    [Theory]
    [InlineData("", "*neither a file nor a server*")]
    [InlineData("Data Source=", "*neither a file nor a server*")]
    [InlineData("Data Source=:memory:", "*neither a file nor a server*")]
    [InlineData("models/store/customers.db", "*connection string*Data Source=FILE*")]
    [InlineData("Data Source=a.db;Colour=red", "*colour*Data Source=FILE*")]
    [InlineData("Host=db;Colour=red;Password=secret", "*colour*Data Source=FILE*")]
    public void A_connection_string_of_neither_kind_is_refused(string connection, string message)
    {
        Action open = () => _ = new CustomerBookDatabase(new CustomerBookOptions(connection));

        open.Should().Throw<CustomerBookException>().WithMessage(message).Where(error => !error.Message.Contains("secret", StringComparison.Ordinal));
    }

    protected override Task<CustomerBookOptions> EmptyAsync() =>
        Task.FromResult(CustomerBookOptions.InStore(Path.Combine(_folder, Path.GetRandomFileName())));

    protected override async Task ExecuteAsync(CustomerBookOptions options, string sql)
    {
        await using SqliteConnection connection = new(options.ConnectionString);
        await connection.OpenAsync();
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private sealed class Recorder(List<long> reports) : IProgress<long>
    {
        public void Report(long value) => reports.Add(value);
    }
}
