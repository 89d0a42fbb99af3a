using CustomerValue.CustomerBook.Work;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CustomerValue.CustomerBook.Tests;

/// <summary>What both databases keep of what people do.</summary>
public abstract class WorkContract
{
    private static readonly DateTime s_now = new(2024, 5, 1, 9, 30, 0, DateTimeKind.Utc);

    /// <summary>Connection string of an empty database.</summary>
    protected abstract Task<string> EmptyAsync();

    /// <summary>Runs a statement on a database behind the program's back.</summary>
    protected abstract Task ExecuteAsync(string place, string sql);

    [Fact]
    public async Task Contacts_are_written_down_found_settled_and_taken_back()
    {
        WorkDatabase work = new(await EmptyAsync());
        (await work.ContactsAsync(null, 10)).Should().BeEmpty();
        long first = await work.RecordAsync(Contact("anna", 3)), second = await work.RecordAsync(Contact("anna", 5, "late delivery")), other = await work.RecordAsync(Contact("o'neil; drop table --", 4));

        (await work.ContactsAsync("anna", 10)).Select(contact => contact.Id).Should().Equal(second, first);
        (await work.ContactsAsync(null, 2)).Select(contact => contact.Id).Should().Equal(second, other);
        (await work.ContactsAsync("anna", 1))[0].Should().BeEquivalentTo(Contact("anna", 5, "late delivery"), same => same.Excluding(contact => contact.Id));

        await work.SettleAsync(second, new DateOnly(2024, 5, 9));
        (await work.ContactsAsync("anna", 1))[0].ComplaintClosed.Should().Be(new DateOnly(2024, 5, 9));
        await work.RemoveContactAsync(second);
        await work.RemoveContactAsync(12345);
        (await work.ContactsAsync("anna", 10)).Select(contact => contact.Id).Should().Equal(first);
    }

    [Fact]
    public async Task A_customer_is_erased_with_all_that_is_known_of_them_and_nobody_else()
    {
        WorkDatabase work = new(await EmptyAsync());
        (await work.EraseAsync("anna")).Should().Be(0);
        foreach (string customer in (string[])["anna", "ann", "anna"])
            await work.RecordAsync(Contact(customer, 1));

        (await work.EraseAsync("anna")).Should().Be(2);
        (await work.ContactsAsync(null, 10)).Select(contact => contact.CustomerId).Should().Equal("ann");
    }

    [Fact]
    public async Task Segments_have_one_condition_a_name_and_another_program_sees_them()
    {
        string place = await EmptyAsync();
        WorkDatabase work = new(place);
        (await work.SegmentsAsync()).Should().BeEmpty();
        await work.SaveAsync(new SavedSegment { Name = "b", Condition = "potential_value > 100", Saved = s_now });
        await work.SaveAsync(new SavedSegment { Name = "a", Condition = "strategy = 'retain'", Saved = s_now });
        await work.SaveAsync(new SavedSegment { Name = "b", Condition = "potential_value > 200", Saved = s_now.AddDays(1) });

        (await new WorkDatabase(place).SegmentsAsync()).Select(segment => (segment.Name, segment.Condition)).Should().Equal(("a", "strategy = 'retain'"), ("b", "potential_value > 200"));
        await work.RemoveSegmentAsync("b");
        (await work.SegmentsAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task Owners_are_taken_over_whole_or_one_by_one_and_go_with_the_customer()
    {
        string place = await EmptyAsync();
        WorkDatabase work = new(place);
        (await work.OwnersAsync()).Should().BeEmpty();
        (await work.OwnersOfAsync(["anna"])).Should().BeEmpty();
        await work.AssignAsync(new Dictionary<string, string> { ["anna"] = "Li", ["bob"] = "Wu", ["carl"] = "Li" }, onlyThese: true);
        await work.AssignAsync(new Dictionary<string, string> { ["bob"] = "Li", ["dora"] = "Wu", ["carl"] = "" }, onlyThese: false);

        (await new WorkDatabase(place).OwnersAsync()).Should().Equal(("Li", 2), ("Wu", 1));
        (await work.CustomersOfAsync("Li")).Should().BeEquivalentTo("anna", "bob");
        (await work.OwnersOfAsync(["anna", "carl", "dora", "nobody"])).Should().BeEquivalentTo(new Dictionary<string, string> { ["anna"] = "Li", ["dora"] = "Wu" });
        await work.EraseAsync("anna");
        (await work.OwnersOfAsync(["anna"])).Should().BeEmpty();
        await work.AssignAsync(new Dictionary<string, string> { ["emil"] = "Wu" }, onlyThese: true);
        (await work.OwnersAsync()).Should().Equal(("Wu", 1));
    }

    [Fact]
    public async Task Whom_nobody_may_contact_is_added_replaced_allowed_and_erased()
    {
        WorkDatabase work = new(await EmptyAsync());
        (await work.UncontactedAsync()).Should().BeEmpty();
        await work.ForbidAsync(["bob", "anna", "bob"], onlyThese: false, s_now);
        await work.ForbidAsync(["anna", "carl"], onlyThese: false, s_now.AddDays(1));
        (await work.UncontactedAsync()).Should().Equal("anna", "bob", "carl");
        (await work.CountUncontactedAsync()).Should().Be(3);
        (await work.IsUncontactedAsync("bob")).Should().BeTrue();
        (await work.IsUncontactedAsync("bo")).Should().BeFalse();
        await work.AllowAsync("bob");
        await work.EraseAsync("carl");
        (await work.UncontactedAsync()).Should().Equal("anna");
        await work.ForbidAsync(["dora"], onlyThese: true, s_now);
        (await work.UncontactedAsync()).Should().Equal("dora");
    }

    [Fact]
    public async Task Thousands_of_owners_are_taken_over_at_once()
    {
        WorkDatabase work = new(await EmptyAsync());
        for (int turn = 0; turn < 2; turn++)
            await work.AssignAsync(Enumerable.Range(0, 2500).ToDictionary(i => $"c{i}", i => $"owner {i % 3}"), onlyThese: false);

        (await work.OwnersAsync()).Select(one => one.Customers).Should().Equal(834, 833, 833);
    }

    [Fact]
    public async Task What_segments_came_to_is_kept_once_a_day_and_goes_with_the_segment()
    {
        WorkDatabase work = new(await EmptyAsync());
        await work.KeepAsync([Count("a", 1, 10), Count("b", 1, 20)]);
        await work.KeepAsync([Count("a", 1, 11)]);
        await work.KeepAsync([Count("a", 2, 12)]);

        (await work.SegmentCountsAsync()).Select(count => (count.Name, count.AsOf.Day, count.Customers)).Should().Equal(("a", 1, 11L), ("b", 1, 20L), ("a", 2, 12L));
        await work.RemoveSegmentAsync("a");
        (await work.SegmentCountsAsync()).Select(count => count.Name).Should().Equal("b");

        static SegmentCount Count(string name, int day, long customers) => new() { Name = name, AsOf = new DateOnly(2024, 5, day), Condition = "potential_value > 1", Customers = customers, Future = 2.5, AtRisk = 1 };
    }

    [Fact]
    public async Task Settings_have_one_value_a_name_and_another_program_sees_them()
    {
        string place = await EmptyAsync();
        WorkDatabase work = new(place);
        (await work.SettingAsync("currency")).Should().BeNull();
        await work.SetAsync("currency", "EUR");
        await work.SetAsync("other", "o'neil; drop table --");
        await work.SetAsync("currency", "CNY");

        (await new WorkDatabase(place).SettingAsync("currency")).Should().Be("CNY");
        await work.SetAsync("currency", null);
        await work.SetAsync("nobody set this", null);
        (await work.SettingAsync("currency")).Should().BeNull();
        (await work.SettingAsync("other")).Should().Be("o'neil; drop table --");
    }

    [Fact]
    public async Task A_database_of_before_there_were_settings_gains_their_table_and_keeps_the_rest()
    {
        string place = await EmptyAsync();
        await new WorkDatabase(place).RecordAsync(Contact("anna", 1));
        await ExecuteAsync(place, "DROP TABLE work_settings");

        (await new WorkDatabase(place).SettingAsync("currency")).Should().BeNull();
        await ExecuteAsync(place, "DROP TABLE work_settings");
        await new WorkDatabase(place).SetAsync("currency", "EUR");

        (await new WorkDatabase(place).SettingAsync("currency")).Should().Be("EUR");
        (await new WorkDatabase(place).ContactsAsync(null, 10)).Should().ContainSingle();
    }

    [Fact]
    public async Task Many_write_at_once_and_nothing_is_lost()
    {
        WorkDatabase work = new(await EmptyAsync());
        await work.RecordAsync(Contact("first", 1));

        await Task.WhenAll(Enumerable.Range(0, 24).Select(i => work.RecordAsync(Contact($"c{i}", 1))));

        (await work.ContactsAsync(null, 100)).Should().HaveCount(25);
    }

    private static RecordedContact Contact(string customer, int day, string complaint = "") => new()
    {
        CustomerId = customer,
        Day = new DateOnly(2024, 5, day),
        Owner = "Li",
        Channel = "phone",
        Action = "",
        Reached = true,
        Outcome = "wants a call",
        Complaint = complaint,
        Again = new DateOnly(2024, 6, 1),
        NextStep = "call",
        Written = s_now,
    };
}

public sealed class SqliteWorkTests : WorkContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("work-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override Task<string> EmptyAsync() => Task.FromResult($"Data Source={Path.Combine(_folder, Path.GetRandomFileName(), "work.db")}");

    protected override async Task ExecuteAsync(string place, string sql)
    {
        await using SqliteConnection connection = new(place);
        await connection.OpenAsync();
        await using SqliteCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

public sealed class PostgresWorkTests(PostgresServer server) : WorkContract, IClassFixture<PostgresServer>
{
    protected override async Task<string> EmptyAsync() => await server.FreshDatabaseAsync();

    protected override async Task ExecuteAsync(string place, string sql)
    {
        await using NpgsqlConnection connection = new(place);
        await connection.OpenAsync();
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
