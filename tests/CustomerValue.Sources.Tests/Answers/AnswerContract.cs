using CustomerValue.Data.Diagnostics;
using CustomerValue.Sources.Answers;

namespace CustomerValue.Sources.Tests.Answers;

/// <summary>What holds of every database that takes answers: a slice is replaced whole, and nothing else changes.</summary>
public abstract class AnswerContract
{
    protected static readonly AnswerSlice Slice = new("2024-01-01-0a1b", new DateOnly(2024, 1, 1));

    internal static readonly AnswerColumn[] Columns =
    [
        new("customer_id", AnswerKind.Text), new("as_of", AnswerKind.Day), new("churn", AnswerKind.Number), new("days", AnswerKind.Whole), new("next", AnswerKind.Day), new("note", AnswerKind.Text), new("model_version", AnswerKind.Text),
    ];

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The address up to the question mark of an empty database.</summary>
    protected abstract Task<string> FreshAsync();

    /// <summary>Rows of a query, fields as text: numbers so that they read back as they were, missing ones empty.</summary>
    protected abstract Task<string[]> AskAsync(string place, string sql);

    /// <summary>The query of all columns of a table as one text a row.</summary>
    protected abstract string All(string table);

    protected abstract Task RunAsync(string place, string sql);

    [Fact]
    public async Task A_slice_is_replaced_and_others_stay()
    {
        string place = await FreshAsync();
        AnswerPlace scores = AnswerPlace.At(place + "?table=scores");
        scores.Check(Columns, Stop);
        AnswerSlice later = Slice with { AsOf = new DateOnly(2024, 2, 1) }, other = Slice with { Version = "it's \\ \"another\"" };
        Answer[] first = Answers(1, 50), second = Answers(2, 30), third = Answers(3, 20);
        foreach ((AnswerSlice slice, Answer[] rows) in ((AnswerSlice, Answer[])[])[(Slice, first), (later, second), (other, third), (Slice, second), (other, first), (other, first)])
            Write(scores, slice, rows);
        (await AskAsync(place, All("scores"))).Should().BeEquivalentTo([.. second.Select(row => row.ToText(Slice)), .. second.Select(row => row.ToText(later)), .. first.Select(row => row.ToText(other))]);
        Write(scores, other, []);
        scores.Check(Columns, Stop);
        (await AskAsync(place, All("scores"))).Should().BeEquivalentTo([.. second.Select(row => row.ToText(Slice)), .. second.Select(row => row.ToText(later))]);
    }

    /// <summary>Writing over a connection that is cut, or falls silent, half way: it is told and changes nothing, and can be done again.</summary>
    protected async Task CutAsync(bool cuts, string message)
    {
        string place = await FreshAsync();
        AnswerPlace scores = AnswerPlace.At(place + "?table=scores");
        Write(scores, Slice, Answers(1, 5));
        int port = new Uri(place).Port;
        using (CuttingProxy proxy = new(port, fromCaller: 300_000, cuts: cuts))
            FluentActions.Invoking(() => Write(AnswerPlace.At(place.Replace($":{port}/", $":{proxy.Port}/", StringComparison.Ordinal) + "?table=scores&timeout=2"), Slice, Answers(2, 20_000))).Should().Throw<BadDataException>().WithMessage(message);
        (await AskAsync(place, All("scores"))).Should().BeEquivalentTo(Answers(1, 5).Select(row => row.ToText(Slice)));
        Write(scores, Slice, Answers(2, 20_000));
        (await AskAsync(place, "SELECT count(*) FROM scores")).Should().Equal("20000");
    }

    [Fact]
    public async Task Writing_that_stops_half_way_leaves_what_was_there()
    {
        string place = await FreshAsync();
        AnswerPlace scores = AnswerPlace.At(place + "?table=scores");
        FluentActions.Invoking(() => Write(scores, Slice, Answers(1, 3000), failAfter: 2500)).Should().Throw<InvalidTimeZoneException>();
        Write(scores, Slice, Answers(1, 40));
        string[] before = await AskAsync(place, All("scores"));
        FluentActions.Invoking(() => Write(scores, Slice, Answers(2, 3000), failAfter: 2500)).Should().Throw<InvalidTimeZoneException>();
        using CancellationTokenSource stop = new();
        FluentActions.Invoking(() => scores.Replace(Slice, Columns, writer =>
        {
            foreach (Answer row in Answers(2, 3000))
                row.WriteTo(writer, Slice);
            stop.Cancel();
        }, stop.Token)).Should().Throw<OperationCanceledException>();
        (await AskAsync(place, All("scores"))).Should().BeEquivalentTo(before).And.HaveCount(40);
    }

    [Fact]
    public async Task Who_reads_meanwhile_sees_all_of_before_or_all_of_after()
    {
        string place = await FreshAsync();
        AnswerPlace scores = AnswerPlace.At(place + "?table=scores");
        Write(scores, Slice, Answers(0, 500));
        using CancellationTokenSource done = new();
        Task<HashSet<string>> reads = Task.Run(async () =>
        {
            HashSet<string> seen = [];
            while (!done.IsCancellationRequested)
                seen.UnionWith(await AskAsync(place, "SELECT concat(CAST(count(*) AS VARCHAR(9)), '|', CAST(min(days) AS VARCHAR(9)), '|', CAST(max(days) AS VARCHAR(9))) FROM scores".Replace("VARCHAR(9)", Text, StringComparison.Ordinal)));
            return seen;
        }, Stop);
        for (int round = 1; round <= 8; round++)
            Write(scores, Slice, Answers(round, 500 + round));
        await done.CancelAsync();
        (await reads).Should().BeSubsetOf(Enumerable.Range(0, 9).Select(round => $"{500 + round}|{round}|{round}"));
    }

    [Fact]
    public async Task A_table_with_other_columns_is_told_and_left_alone()
    {
        string place = await FreshAsync();
        await RunAsync(place, Made("scores", "customer_id {text}, as_of {day}, model_version {text}, churn {text}"));
        AnswerPlace scores = AnswerPlace.At(place + "?table=scores");
        foreach (Action write in (Action[])[() => scores.Check(Columns, Stop), () => Write(scores, Slice, Answers(1, 3))])
            write.Should().Throw<BadDataException>().WithMessage("*?table=scores: found a table without the columns days *, next *, note *, expected all*add them*");
        scores.Invoking(place => place.Check([.. Columns[..3], Columns[6]], Stop)).Should().Throw<BadDataException>().WithMessage("*found in the table churn of type * (expected *), expected the types*");
        (await AskAsync(place, "SELECT customer_id FROM scores")).Should().BeEmpty();
    }

    [Theory]
    [InlineData("scores\"; DROP TABLE keep; --")]
    [InlineData("scores`; DROP TABLE keep; --")]
    [InlineData("scores'; DROP TABLE keep; --")]
    [InlineData("scores (x int); DROP TABLE keep")]
    public async Task A_name_that_is_none_does_nothing_to_others(string table)
    {
        string place = await FreshAsync();
        await RunAsync(place, Made("keep", "customer_id {text}, as_of {day}, model_version {text}"));
        AnswerPlace scores = AnswerPlace.At($"{place}?table={Uri.EscapeDataString(table)}");
        try
        {
            Write(scores, Slice, Answers(1, 5));
            scores.Check(Columns, Stop);
        }
        catch (BadDataException error)
        {
            error.Message.Should().MatchRegex("found .* expected ");
        }
        (await AskAsync(place, "SELECT customer_id FROM keep")).Should().BeEmpty();
    }

    /// <summary>The type of texts that a number is cast to.</summary>
    protected abstract string Text { get; }

    /// <summary>The statement that makes a table such as answers go into.</summary>
    protected abstract string Made(string table, string columns);

    internal static void Write(AnswerPlace place, AnswerSlice slice, Answer[] rows, int failAfter = int.MaxValue) => place.Replace(slice, Columns, writer =>
    {
        foreach ((int at, Answer row) in rows.Index())
        {
            if (at == failAfter)
                throw new InvalidTimeZoneException("half way");
            row.WriteTo(writer, slice);
        }
    }, Stop);

    /// <summary>Rows of which nothing is regular, with numbers of all digits and ids that would be something else in SQL.</summary>
    internal static Answer[] Answers(int seed, int count)
    {
        Random random = new(seed);
        string[] awkward = ["O'Brien", "a\"b", "Zoë", "李雷", "tab\tbed", "back\\slash", "line\nend", "'; DROP TABLE scores; --", "\\N", "=1+1", ""];
        return [.. Enumerable.Range(0, count).Select(at => new Answer(at < awkward.Length ? awkward[at] : $"c{at}",
            at % 9 == 0 ? null : at % 10 == 1 ? double.NaN : at % 7 == 0 ? 0.1 + 0.2 : (random.NextDouble() - 0.3) * Math.Pow(10, random.Next(-300, 300)), seed,
            at % 4 == 0 ? null : new DateOnly(2024, 1, 1).AddDays(random.Next(4000)), at % 3 == 0 ? null : at % 3 == 1 ? "" : "it's \\ \t"))];
    }

    /// <summary>One row.</summary>
    internal sealed record Answer(string Customer, double? Churn, long? Days, DateOnly? Next, string? Note)
    {
        public void WriteTo(IAnswerWriter writer, AnswerSlice slice)
        {
            writer.Text(Customer);
            writer.Day(slice.AsOf);
            writer.Number(Churn);
            writer.Whole(Days);
            writer.Day(Next);
            writer.Text(Note);
            writer.Text(slice.Version);
            writer.EndRow();
        }

        /// <summary>The row as one text; a number by its bits, a missing field as ~.</summary>
        public string ToText(AnswerSlice slice) => FormattableString.Invariant($"{Customer}|{slice.AsOf:yyyy-MM-dd}|{(Churn is { } churn && !double.IsNaN(churn) ? churn.ToString("R", System.Globalization.CultureInfo.InvariantCulture) : "~")}|{Days}|{(Next is { } next ? next.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : "~")}|{Note ?? "~"}|{slice.Version}");
    }
}

/// <summary>What holds of servers, which several write to.</summary>
public abstract class ServerAnswerContract : AnswerContract
{
    [Fact]
    public async Task Two_who_replace_the_same_slice_at_once_leave_the_rows_of_one()
    {
        string place = await FreshAsync();
        await Task.WhenAll(Enumerable.Range(1, 4).Select(writer => Task.Run(() => Write(AnswerPlace.At(place + "?table=scores"), Slice, Answers(writer, 200 + writer)), Stop)));
        (await AskAsync(place, "SELECT concat(CAST(count(*) AS VARCHAR(9)), '|', CAST(min(days) AS VARCHAR(9)), '|', CAST(max(days) AS VARCHAR(9))) FROM scores".Replace("VARCHAR(9)", Text, StringComparison.Ordinal)))
            .Should().ContainSingle().Which.Should().BeOneOf("201|1|1", "202|2|2", "203|3|3", "204|4|4");
    }
}
