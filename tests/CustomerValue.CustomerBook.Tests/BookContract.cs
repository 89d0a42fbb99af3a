using FsCheck;
using FsCheck.Fluent;

namespace CustomerValue.CustomerBook.Tests;

/// <summary>What every customer book does, whichever database keeps it.</summary>
public abstract class BookContract
{
    private protected static readonly BookHeader s_header = new("20240101-000000-abcdef01", new DateOnly(2024, 1, 1), 90, new DateTimeOffset(2024, 1, 1, 12, 30, 15, 678, TimeSpan.FromHours(2)));

    /// <summary>Options of a book that was never written.</summary>
    protected abstract Task<CustomerBookOptions> EmptyAsync();

    [Fact]
    public async Task A_book_never_written_has_neither_header_nor_customers()
    {
        CustomerBookDatabase book = new(await EmptyAsync());

        (await book.HeaderAsync()).Should().BeNull();
        (await book.FindAsync("anna")).Should().BeNull();
    }

    [Fact]
    public async Task Every_field_is_read_back_as_it_was_written()
    {
        CustomerBookOptions options = await EmptyAsync();
        CustomerScore full = new("full", 0.1, 1.0 / 3, 2.5e-300, 1e15 / 7, -1.5, double.Epsilon, 99.99, 1234.5678, -10, 1e300, new DateOnly(2031, 12, 31), 17.25, 12, new DateOnly(1999, 1, 2), -3.5);
        CustomerScore sparse = new("sparse", 0, 0, 0, 0, null, null, null, 0, null, null, null, 0);

        BookHeader written = await new CustomerBookDatabase(options).WriteAsync(s_header, [full, sparse]);
        CustomerBookDatabase reader = new(options);

        written.Should().Be(s_header with { Customers = 2 });
        (await reader.HeaderAsync()).Should().Be(written);
        (await reader.FindAsync("full")).Should().Be(new BookEntry(written, full));
        (await reader.FindAsync("sparse")).Should().Be(new BookEntry(written, sparse));
        (await reader.FindAsync("FULL")).Should().BeNull("ids are compared as they are written");
    }

    [Fact]
    public async Task Any_text_can_be_an_id()
    {
        CustomerBookDatabase book = new(await EmptyAsync());
        string[] ids = [.. Gen.Sample(ArbMap.Default.GeneratorFor<NonEmptyString>(), 40, 200).Select(text => text.Get)
            .Where(text => !text.Contains('\0', StringComparison.Ordinal) && text.EnumerateRunes().All(rune => rune.Value != 0xFFFD))
            .Concat(["o'neil; drop table", "日本", "👩‍🚀", "a b", "%_", "\\"]).Distinct(StringComparer.Ordinal)];
        await book.WriteAsync(s_header, ids.Select((id, i) => Score(id, i)));

        foreach ((int i, string id) in ids.Index())
            (await book.FindAsync(id))!.Score.Should().Be(Score(id, i));
    }

    [Fact]
    public async Task A_new_book_replaces_the_old_one_as_a_whole()
    {
        CustomerBookDatabase book = new(await EmptyAsync());
        await book.WriteAsync(s_header, [Score("anna", 1), Score("ben", 1)]);
        BookHeader second = await book.WriteAsync(s_header with { ModelVersion = "second" }, [Score("ben", 2), Score("clara", 2)]);

        (await book.FindAsync("anna")).Should().BeNull();
        (await book.FindAsync("ben")).Should().Be(new BookEntry(second, Score("ben", 2)));
        (await book.HeaderAsync()).Should().Be(second with { Customers = 2 });
    }

    [Fact]
    public async Task A_writer_that_fails_is_cancelled_or_repeats_a_customer_leaves_the_old_book()
    {
        CustomerBookDatabase book = new(await EmptyAsync());
        BookHeader old = await book.WriteAsync(s_header, [Score("anna", 1)]);
        BookHeader next = s_header with { ModelVersion = "next" };
        using CancellationTokenSource cancelled = new();

        await book.Awaiting(b => b.WriteAsync(next, Failing())).Should().ThrowAsync<InvalidTimeZoneException>();
        await book.Awaiting(b => b.WriteAsync(next, Cancelling(cancelled), null, cancelled.Token)).Should().ThrowAsync<OperationCanceledException>();
        await book.Awaiting(b => b.WriteAsync(next, [Score("ben", 2), Score("ben", 2)])).Should().ThrowAsync<CustomerBookException>();

        (await book.HeaderAsync()).Should().Be(old);
        (await book.FindAsync("anna")).Should().Be(new BookEntry(old, Score("anna", 1)));
        (await book.FindAsync("ben")).Should().BeNull();

        static IEnumerable<CustomerScore> Failing()
        {
            yield return Score("ben", 2);
            throw new InvalidTimeZoneException();
        }

        static IEnumerable<CustomerScore> Cancelling(CancellationTokenSource source)
        {
            for (int i = 0; i < 20_000; i++)
            {
                if (i == 100)
                    source.Cancel();
                yield return Score($"c{i:000000}", i);
            }
        }
    }

    [Fact]
    public async Task Readers_see_one_book_or_the_other_while_writers_replace_it()
    {
        CustomerBookOptions options = await EmptyAsync();
        await Write(0);
        using CancellationTokenSource done = new();
        Task<int>[] readers = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(ReadUntilDone))];

        await Task.WhenAll(Task.Run(async () => { for (int round = 1; round < 12; round += 2) await Write(round); }),
            Task.Run(async () => { for (int round = 2; round < 12; round += 2) await Write(round); }));
        await done.CancelAsync();

        (await Task.WhenAll(readers)).Should().OnlyContain(reads => reads > 0);

        Task Write(int round) => new CustomerBookDatabase(options).WriteAsync(
            s_header with { ModelVersion = $"v{round}" }, Enumerable.Range(0, 2000).Select(i => Score($"c{i:0000}", round)));

        async Task<int> ReadUntilDone()
        {
            CustomerBookDatabase reader = new(options);
            int reads = 0;
            do
            {
                BookEntry? entry = await reader.FindAsync($"c{reads++ % 2000:0000}");
                entry.Should().NotBeNull("a reader always finds a whole book");
                entry!.Header.ModelVersion.Should().Be($"v{entry.Score.Overdue}", "header and score come from one book");
            }
            while (!done.IsCancellationRequested);
            return reads;
        }
    }

    [Fact]
    public async Task A_newer_schema_is_refused_with_the_way_out()
    {
        CustomerBookOptions options = await EmptyAsync();
        await new CustomerBookDatabase(options).WriteAsync(s_header, [Score("anna", 1)]);
        await ExecuteAsync(options, "UPDATE customer_book SET schema_version = 2");
        CustomerBookDatabase book = new(options);

        await book.Awaiting(b => b.HeaderAsync()).Should().ThrowAsync<CustomerBookException>().WithMessage("*found schema 2, expected 1. Use the program version that wrote it*");
        await book.Awaiting(b => b.WriteAsync(s_header, [])).Should().ThrowAsync<CustomerBookException>().WithMessage("*found schema 2, expected 1*");
    }

    /// <summary>Runs a statement beside the library.</summary>
    protected abstract Task ExecuteAsync(CustomerBookOptions options, string sql);

    private protected static CustomerScore Score(string id, double mark) => new(id, 0.5, 0.5, 1, 10, null, null, null, 100, null, null, null, mark);
}
