using CustomerValue.CustomerBook.Access;
using CustomerValue.CustomerBook.Work;

namespace CustomerValue.CustomerBook.Tests;

/// <summary>What both databases keep of who may do what.</summary>
public abstract class AccessContract
{
    private static readonly DateTime s_now = new(2024, 5, 1, 9, 30, 0, DateTimeKind.Utc);

    /// <summary>Connection string of an empty database.</summary>
    protected abstract Task<string> EmptyAsync();

    /// <summary>Runs a statement.</summary>
    protected abstract Task ExecuteAsync(string place, string sql);

    [Fact]
    public async Task Keys_are_added_rotated_and_revoked()
    {
        AccessDatabase access = new(await EmptyAsync());
        (await access.KeysAsync()).Should().BeEmpty();
        await access.AddAsync(Key("old", 0));
        await access.AddAsync(Key("new", 1), "old", s_now.AddDays(7));

        (await access.KeysAsync()).Select(key => (key.Prefix, key.Expires)).Should().Equal(("old", s_now.AddDays(7)), ("new", null));
        (await access.RevokeAsync("none", s_now)).Should().BeFalse();
        (await access.RevokeAsync("new", s_now)).Should().BeTrue();
        (await access.RevokeAsync("new", s_now.AddDays(1))).Should().BeTrue();
        (await access.KeysAsync()).Single(key => key.Prefix == "new").Revoked.Should().Be(s_now, "when it was revoked first");
    }

    [Fact]
    public async Task People_have_one_password_a_name_and_what_was_done_is_told_latest_first()
    {
        AccessDatabase access = new(await EmptyAsync());
        await access.SaveAsync(Person("mara", "one"));
        await access.SaveAsync(Person("ed", "two"));
        await access.SaveAsync(Person("mara", "three"));
        foreach (string what in (string[])["first", "second", "third"])
            await access.RecordAsync(new AuditRecord { Time = s_now, Who = "mara", What = what, Detail = "" });

        (await access.PeopleAsync()).Select(person => (person.Name, person.Hash, person.Created)).Should().Equal(("ed", "two", s_now), ("mara", "three", s_now));
        (await access.AuditAsync(2)).Select(record => record.What).Should().Equal("third", "second");
    }

    [Fact]
    public async Task A_database_of_a_version_that_knew_no_people_keeps_its_keys()
    {
        string place = await EmptyAsync();
        await new AccessDatabase(place).AddAsync(Key("old", 0));
        await ExecuteAsync(place, "DROP TABLE access_people");
        await ExecuteAsync(place, "DROP TABLE access_audit");

        AccessDatabase now = new(place);

        (await now.KeysAsync()).Should().ContainSingle("else everyone might call");
        await now.SaveAsync(Person("mara", "one"));
        (await now.PeopleAsync()).Should().ContainSingle();
        await new WorkDatabase(place).SaveAsync(new SavedSegment { Name = "a", Condition = "x > 1", Saved = s_now });
        (await now.KeysAsync()).Should().ContainSingle("segments are in the same database");
    }

    [Fact]
    public async Task Of_instances_that_make_a_key_of_cookies_at_the_same_moment_one_does()
    {
        string place = await EmptyAsync();
        (await new ProtectionDatabase(place).KeysAsync()).Should().BeEmpty();

        bool[] added = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => new ProtectionDatabase(place).AddAsync(Sealing($"key-{i}", 0), s_now.AddMinutes(-1)))));

        added.Count(one => one).Should().Be(1);
        (await new ProtectionDatabase(place).KeysAsync()).Should().ContainSingle().Which.Xml.Should().Be("<key/>");
        (await new ProtectionDatabase(place).AddAsync(Sealing("later", 80), s_now.AddDays(79))).Should().BeTrue("the one before is old");
        (await new ProtectionDatabase(place).AddAsync(Sealing("revocation", 80), unlessSince: null)).Should().BeTrue("whatever there is");
        (await new ProtectionDatabase(place).KeysAsync()).Select(key => (key.Name, key.Created)).Skip(1).Should().Equal(("later", s_now.AddDays(80)), ("revocation", s_now.AddDays(80)));
        (await new AccessDatabase(place).KeysAsync()).Should().BeEmpty("keys of programs are others");
    }

    [Fact]
    public void A_password_is_known_by_its_hash_alone()
    {
        string hash = Password.HashOf("four blue boats");

        Password.IsOf(hash, "four blue boats").Should().BeTrue();
        Password.IsOf(hash, "four blue boat").Should().BeFalse();
        Password.HashOf("four blue boats").Should().NotBe(hash, "each has its own salt");
        hash.Should().StartWith("pbkdf2-sha256$600000$").And.NotContain("blue");
        Password.IsOf("", "").Should().BeFalse();
    }

    private static ProtectionKey Sealing(string name, int day) => new() { Name = name, Xml = "<key/>", Created = s_now.AddDays(day) };

    private static AccessKey Key(string prefix, int day) => new() { Prefix = prefix, Name = "shop", Hash = "00", Scopes = AccessScope.Read, Created = s_now.AddDays(day) };

    private static AccessPerson Person(string name, string hash) => new() { Name = name, Hash = hash, Role = AccessRole.Viewer, Stamp = hash, Created = s_now };
}

public sealed class SqliteAccessTests : AccessContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("access-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override Task<string> EmptyAsync() => Task.FromResult($"Data Source={Path.Combine(_folder, Path.GetRandomFileName(), "work.db")};Pooling=False");

    protected override async Task ExecuteAsync(string place, string sql)
    {
        await using Microsoft.Data.Sqlite.SqliteConnection connection = new(place);
        await connection.OpenAsync();
        await using Microsoft.Data.Sqlite.SqliteCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

public sealed class PostgresAccessTests(PostgresServer server) : AccessContract, IClassFixture<PostgresServer>
{
    protected override async Task<string> EmptyAsync() => await server.FreshDatabaseAsync();

    protected override async Task ExecuteAsync(string place, string sql)
    {
        await using Npgsql.NpgsqlConnection connection = new(place);
        await connection.OpenAsync();
        await using Npgsql.NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
