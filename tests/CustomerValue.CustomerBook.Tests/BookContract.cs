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
        object?[] full = ["full", 0.1, 1.0 / 3, 2.5e-300, 1e15 / 7, -1.5, double.Epsilon, 99.99, 1234.5678, -10, 1e300, new DateOnly(2031, 12, 31), 17.25, 12L, new DateOnly(1999, 1, 2), true, (string[])["one", "二"]];
        object?[] sparse = ["sparse", .. new object?[s_all.Length - 1]];

        BookHeader written = await new CustomerBookDatabase(options).WriteAsync(s_header, s_all, [full, sparse]);
        CustomerBookDatabase reader = new(options);

        written.Should().BeEquivalentTo(s_header with { Customers = 2, Columns = s_all });
        (await reader.HeaderAsync()).Should().BeEquivalentTo(written);
        Same(await reader.FindAsync("full"), written, full);
        Same(await reader.FindAsync("sparse"), written, sparse);
        (await reader.FindAsync("FULL")).Should().BeNull("ids are compared as they are written");
    }

    [Fact]
    public async Task Who_is_erased_is_gone_and_the_book_counts_as_another()
    {
        CustomerBookDatabase book = new(await EmptyAsync());
        (await book.EraseAsync("c1")).Should().BeFalse("there is no book");
        BookHeader written = await book.WriteAsync(s_header, s_columns, Enumerable.Range(0, 5).Select(i => Score($"c{i}", i)));

        (await book.EraseAsync("c9")).Should().BeFalse();
        (await book.HeaderAsync()).Should().BeEquivalentTo(written);
        (await book.EraseAsync("c1")).Should().BeTrue();

        BookHeader now = (await book.HeaderAsync())!;
        (now.Customers, now.ScoredAt - written.ScoredAt).Should().Be((4, TimeSpan.FromMilliseconds(1)));
        (await book.FindAsync("c1")).Should().BeNull();
        (await book.FindAsync("c2"))!.Header.Should().BeEquivalentTo(now);
        (await book.PageAsync(new BookQuery { Limit = 10 }))!.Rows.Should().HaveCount(4);
        (await book.EraseAsync("c1")).Should().BeFalse();
    }

    [Fact]
    public async Task A_scan_meets_every_customer_once_with_the_columns_asked_for_in_their_order()
    {
        CustomerBookDatabase book = new(await EmptyAsync());
        bool before = await book.ScanAsync(["customer_id"], _ => { }, _ => ValueTask.CompletedTask);
        BookHeader written = await book.WriteAsync(s_header, s_columns, Enumerable.Range(0, 1234).Select(i => Score($"c{i}", i)));
        List<(string, object?)> met = [];
        List<BookHeader> begun = [];

        bool found = await book.ScanAsync([s_columns[1].Name, "customer_id"], begun.Add, row =>
        {
            met.Add(((string)row[1]!, row[0]));
            return ValueTask.CompletedTask;
        });

        (before, found).Should().Be((false, true));
        begun.Should().ContainSingle().Which.Should().BeEquivalentTo(written);
        met.Should().Equal(Enumerable.Range(0, 1234).Select(i => ($"c{i}", Score($"c{i}", i)[1])));
        await book.Awaiting(b => b.ScanAsync(["height"], _ => { }, _ => ValueTask.CompletedTask)).Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task Any_text_can_be_an_id()
    {
        CustomerBookDatabase book = new(await EmptyAsync());
        string[] ids = [.. Gen.Sample(ArbMap.Default.GeneratorFor<NonEmptyString>(), 40, 200).Select(text => text.Get)
            .Where(text => !text.Contains('\0', StringComparison.Ordinal) && text.EnumerateRunes().All(rune => rune.Value != 0xFFFD))
            .Concat(["o'neil; drop table", "日本", "👩‍🚀", "a b", "%_", "\\"]).Distinct(StringComparer.Ordinal)];
        await book.WriteAsync(s_header, s_columns, ids.Select((id, i) => Score(id, i)));

        foreach ((int i, string id) in ids.Index())
            (await book.FindAsync(id))!.Row.Values.Should().Equal(Score(id, i));
    }

    [Fact]
    public async Task A_new_book_replaces_the_old_one_as_a_whole()
    {
        CustomerBookDatabase book = new(await EmptyAsync());
        await book.WriteAsync(s_header, s_columns, [Score("anna", 1), Score("ben", 1)]);
        BookHeader second = await book.WriteAsync(s_header with { ModelVersion = "second" }, s_columns, [Score("ben", 2), Score("clara", 2)]);

        (await book.FindAsync("anna")).Should().BeNull();
        Same(await book.FindAsync("ben"), second, Score("ben", 2));
        (await book.HeaderAsync()).Should().BeEquivalentTo(second with { Customers = 2 });
    }

    [Fact]
    public async Task A_writer_that_fails_is_cancelled_or_repeats_a_customer_leaves_the_old_book()
    {
        CustomerBookDatabase book = new(await EmptyAsync());
        BookHeader old = await book.WriteAsync(s_header, s_columns, [Score("anna", 1)]);
        BookHeader next = s_header with { ModelVersion = "next" };
        using CancellationTokenSource cancelled = new();

        await book.Awaiting(b => b.WriteAsync(next, s_columns, Failing())).Should().ThrowAsync<InvalidTimeZoneException>();
        await book.Awaiting(b => b.WriteAsync(next, s_columns, Cancelling(cancelled), null, cancelled.Token)).Should().ThrowAsync<OperationCanceledException>();
        await book.Awaiting(b => b.WriteAsync(next, s_columns, [Score("ben", 2), Score("ben", 2)])).Should().ThrowAsync<CustomerBookException>();

        (await book.HeaderAsync()).Should().BeEquivalentTo(old);
        Same(await book.FindAsync("anna"), old, Score("anna", 1));
        (await book.FindAsync("ben")).Should().BeNull();

        static IEnumerable<object?[]> Failing()
        {
            yield return Score("ben", 2);
            throw new InvalidTimeZoneException();
        }

        static IEnumerable<object?[]> Cancelling(CancellationTokenSource source)
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
            s_header with { ModelVersion = $"v{round}" }, s_columns, Enumerable.Range(0, 2000).Select(i => Score($"c{i:0000}", round)));

        async Task<int> ReadUntilDone()
        {
            CustomerBookDatabase reader = new(options);
            int reads = 0;
            do
            {
                BookEntry? entry = await reader.FindAsync($"c{reads++ % 2000:0000}");
                entry.Should().NotBeNull("a reader always finds a whole book");
                entry!.Header.ModelVersion.Should().Be($"v{entry.Row.Number("overdue")}", "header and score come from one book");
            }
            while (!done.IsCancellationRequested);
            return reads;
        }
    }

    [Fact]
    public async Task A_newer_schema_is_refused_with_the_way_out()
    {
        CustomerBookOptions options = await EmptyAsync();
        await new CustomerBookDatabase(options).WriteAsync(s_header, s_columns, [Score("anna", 1)]);
        await ExecuteAsync(options, "UPDATE customer_book SET schema_version = 5");
        CustomerBookDatabase book = new(options);

        await book.Awaiting(b => b.HeaderAsync()).Should().ThrowAsync<CustomerBookException>().WithMessage("*found schema 5, expected 4. Use the program version that wrote it*");
        await book.Awaiting(b => b.WriteAsync(s_header, s_columns, [])).Should().ThrowAsync<CustomerBookException>().WithMessage("*found schema 5, expected 4*");
    }

    /// <summary>Runs a statement beside the library.</summary>
    protected abstract Task ExecuteAsync(CustomerBookOptions options, string sql);

    private protected static readonly BookColumn[] s_columns = [BookColumn.CustomerId, new("strategy", BookFieldKind.Text), new("lifetime_value", BookFieldKind.Number), new("overdue", BookFieldKind.Number)];

    private static readonly BookColumn[] s_all =
    [
        BookColumn.CustomerId,
        .. Enumerable.Range(0, 10).Select(i => new BookColumn($"number_{i}", BookFieldKind.Number)),
        new("date", BookFieldKind.Day), new("overdue", BookFieldKind.Number), new("purchases", BookFieldKind.Whole), new("last", BookFieldKind.Day), new("held", BookFieldKind.Flag), new("reasons", BookFieldKind.Texts),
    ];

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap_or_a_repetition_in_both_directions_and_under_filters()
    {
        CustomerBookDatabase book = new(await EmptyAsync());
        (await book.PageAsync(new BookQuery())).Should().BeNull();
        // Every seventh customer shares a value, so that pages end within ties; ids in an order that is none of the alphabet.
        object?[][] rows = [.. Enumerable.Range(0, 200).Select(i => Row($"c{i * 37 % 200:000}", i % 3 == 0 ? "retain" : "let-go", i % 10 == 9 ? null : i / 7 - 5.5))];
        await book.WriteAsync(s_header, s_columns, rows);

        foreach (bool descending in (bool[])[false, true])
            foreach (BookCondition[] conditions in (BookCondition[][])[[], [new("strategy", BookComparison.Equal, "retain"), new("lifetime_value", BookComparison.AtLeast, -1.5)], [new("customer_id", BookComparison.BeginsWith, "c0")], [new("lifetime_value", BookComparison.AtMost, 3.5)]])
            {
                List<string> seen = [];
                BookCursor? after = null;
                do
                {
                    BookPage page = (await book.PageAsync(new BookQuery { Conditions = conditions, Sort = "lifetime_value", Descending = descending, After = after, Limit = 7 }))!;
                    page.Header.Customers.Should().Be(200);
                    seen.AddRange(page.Rows.Select(row => row.CustomerId));
                    after = page.Next;
                }
                while (after is not null);

                IEnumerable<object?[]> expected = rows.Where(row => row[2] is not null && Array.TrueForAll(conditions, condition => Holds(condition, row)))
                    .OrderBy(row => (double)row[2]!).ThenBy(row => (string)row[0]!, StringComparer.Ordinal);
                seen.Should().Equal((descending ? expected.Reverse() : expected).Select(row => (string)row[0]!));
            }
        await book.Awaiting(b => b.PageAsync(new BookQuery { Sort = "colour; drop table" })).Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task Customers_are_counted_and_summed_by_the_values_of_columns()
    {
        CustomerBookDatabase book = new(await EmptyAsync());
        (await book.GroupsAsync([], [], [])).Should().BeNull();
        await book.WriteAsync(s_header, s_columns, []);
        (await book.GroupsAsync(["strategy"], ["lifetime_value"], [])).Should().BeEmpty();
        await book.WriteAsync(s_header, s_columns, [Row("a", "retain", 1), Row("b", "retain", 2.5), Row("c", "let-go", null), Row("d", null, 4)]);

        (await book.GroupsAsync(["strategy"], ["lifetime_value"], [])).Should().BeEquivalentTo<BookGroup>([new(["retain"], 2, [3.5]), new(["let-go"], 1, [0]), new([null], 1, [4])]);
        (await book.GroupsAsync([], ["lifetime_value"], [new("lifetime_value", BookComparison.AtLeast, 2)])).Should().BeEquivalentTo<BookGroup>([new([], 2, [6.5])]);
    }

    [Fact]
    public async Task A_book_of_a_later_day_keeps_what_the_one_before_said_of_those_who_are_still_there()
    {
        CustomerBookDatabase book = new(await EmptyAsync());
        await book.WriteAsync(s_header, s_columns, [Row("a", "retain", 1), Row("b", "let-go", 2), Row("gone", "retain", 3)]);
        await book.WriteAsync(s_header with { ModelVersion = "again" }, s_columns, [Row("a", "retain", 1), Row("b", "let-go", 2)]);
        (await book.HeaderAsync())!.EarlierAsOf.Should().BeNull("the same day is no earlier one");

        BookHeader later = s_header with { AsOf = s_header.AsOf.AddDays(30), ModelVersion = "later" };
        foreach (string version in (string[])["later", "later-again"])
        {
            await book.WriteAsync(later with { ModelVersion = version }, s_columns, [Row("a", "let-go", 4), Row("b", "let-go", 5), Row("new", "retain", 6)]);

            BookPage page = (await book.PageAsync(new BookQuery()))!;
            page.Header.EarlierAsOf.Should().Be(s_header.AsOf);
            page.Rows.Select(row => (row.CustomerId, row.Text("strategy"), row.Text("earlier_strategy"))).Should().Equal(("a", "let-go", "retain"), ("b", "let-go", "let-go"), ("new", "retain", null));
            (await book.GroupsAsync(["earlier_strategy", "strategy"], ["lifetime_value"], [])).Should().BeEquivalentTo<BookGroup>([new(["retain", "let-go"], 1, [4]), new(["let-go", "let-go"], 1, [5]), new([null, "retain"], 1, [6])]);
        }
        await book.WriteAsync(s_header, s_columns, [Row("a", "retain", 1)]);
        (await book.HeaderAsync())!.EarlierAsOf.Should().BeNull("the future is no past");
    }

    [Fact]
    public async Task Customers_are_counted_by_bands_and_products_are_summed()
    {
        CustomerBookDatabase book = new(await EmptyAsync());
        await book.WriteAsync(s_header, s_columns, [Row("a", "retain", 1), Row("b", "retain", 2.5), Row("c", "retain", 10), Row("d", "let-go", null)]);

        (await book.GroupsAsync([new BookKey("lifetime_value") { Edges = [2.5, 10] }], ["lifetime_value", new BookSum("lifetime_value", "lifetime_value")], []))
            .Should().BeEquivalentTo<BookGroup>([new(["0"], 1, [1, 1]), new(["1"], 1, [2.5, 6.25]), new(["2"], 1, [10, 100]), new([null], 1, [0, 0])]);
    }

    [Fact]
    public async Task A_book_of_an_older_schema_is_refused_to_readers_and_replaced_by_writers()
    {
        CustomerBookOptions options = await EmptyAsync();
        CustomerBookDatabase book = new(options);
        await book.WriteAsync(s_header, s_columns, [Score("anna", 1)]);
        await ExecuteAsync(options, "ALTER TABLE customer_book DROP COLUMN columns");
        await ExecuteAsync(options, "UPDATE customer_book SET schema_version = 1");

        await book.Awaiting(b => b.FindAsync("anna")).Should().ThrowAsync<CustomerBookException>().WithMessage("*found schema 1, expected 4. Run score*");
        await book.CheckWritableAsync();
        await book.WriteAsync(s_header, s_columns, [Score("ben", 1)]);
        (await book.FindAsync("ben"))!.Row.CustomerId.Should().Be("ben");
    }

    [Fact]
    public async Task Who_is_erased_is_named_by_nobody_else_any_more()
    {
        CustomerBookOptions options = await EmptyAsync();
        CustomerBookDatabase book = new(options);
        BookColumn[] columns = [BookColumn.CustomerId, new("referred", BookFieldKind.Texts), new("referred_by", BookFieldKind.Texts)];
        await book.WriteAsync(s_header, columns, [["ann", new[] { "ben", "anna", "ann'x" }, Array.Empty<string>()], ["anna", Array.Empty<string>(), new[] { "ann" }], ["ben", Array.Empty<string>(), new[] { "ann" }], ["joanna", new[] { "anna" }, null]]);

        (await book.EraseAsync("anna")).Should().BeTrue();

        (await book.FindAsync("ann"))!.Row["referred"].Should().BeEquivalentTo(new[] { "ben", "ann'x" }, same => same.WithStrictOrdering());
        (await book.FindAsync("joanna"))!.Row["referred"].Should().BeEquivalentTo(Array.Empty<string>());
        (await book.FindAsync("ben"))!.Row["referred_by"].Should().BeEquivalentTo(new[] { "ann" });
        (await book.HeaderAsync())!.Customers.Should().Be(3);
        (await book.EraseAsync("ann'x")).Should().BeFalse("it was only named");
        (await book.FindAsync("ann"))!.Row["referred"].Should().BeEquivalentTo(new[] { "ben" });
        (await book.HeaderAsync())!.Customers.Should().Be(3);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_book_of_the_schema_before_is_kept_by_who_upgrades_it_and_by_who_writes_the_next(bool upgraded)
    {
        CustomerBookOptions options = await EmptyAsync();
        CustomerBookDatabase book = new(options);
        await book.UpgradeAsync();
        await book.WriteAsync(s_header with { Facts = "{}" }, s_columns, [Score("anna", 1), Score("ben", 2)]);
        (await book.HeaderAsync())!.Facts.Should().Be("{}");
        await ExecuteAsync(options, "ALTER TABLE customer_book DROP COLUMN facts");
        await ExecuteAsync(options, "UPDATE customer_book SET schema_version = 3");
        await book.Awaiting(b => b.FindAsync("anna")).Should().ThrowAsync<CustomerBookException>();

        if (upgraded)
        {
            await Task.WhenAll(book.UpgradeAsync(), new CustomerBookDatabase(options).UpgradeAsync());
            (await book.FindAsync("ben"))!.Row.Values.Should().BeEquivalentTo(Score("ben", 2));
            (await book.HeaderAsync())!.Facts.Should().BeEmpty();
        }
        BookHeader next = await book.WriteAsync(s_header with { AsOf = s_header.AsOf.AddDays(30) }, s_columns, [Score("anna", 3)]);

        next.EarlierAsOf.Should().Be(s_header.AsOf, "what changed since is told across versions of the program");
        (await book.FindAsync("anna"))!.Row.Text("earlier_strategy").Should().Be("retain");
    }

    private protected static object?[] Score(string id, double mark) => [id, "retain", 100.0, mark];

    private protected static void Same(BookEntry? found, BookHeader header, object?[] values)
    {
        found!.Header.Should().BeEquivalentTo(header);
        found.Row.Values.Should().BeEquivalentTo(values, order => order.WithStrictOrdering());
    }

    private static object?[] Row(string id, string? strategy, double? value) => [id, strategy, value, 0.0];

    private static bool Holds(BookCondition condition, object?[] row) => condition.Comparison switch
    {
        BookComparison.Equal => Equals(row[1], condition.Value),
        BookComparison.AtLeast => (double)row[2]! >= (double)condition.Value,
        BookComparison.AtMost => (double)row[2]! <= (double)condition.Value,
        _ => ((string)row[0]!).StartsWith((string)condition.Value, StringComparison.Ordinal),
    };
}
