using CustomerValue.CustomerBook.Access;
using CustomerValue.Models.Store;
using CustomerValue.Serving.Tests.Hosting;
using Microsoft.Data.Sqlite;

namespace CustomerValue.Serving.Tests;

/// <summary>What docs/deployment.md says of backup and restore, done with a service that answers and is written to meanwhile.</summary>
public sealed class BackupTests(TrainedStore trained, ScoredShop shop) : IClassFixture<ScoredShop>
{
    private const string Body = """{"customers":[{"customer_id":"a","transactions":[{"date":"2024-01-01","amount":20}]}],"as_of":"2024-06-01"}""";

    [Fact]
    public async Task A_restored_store_knows_its_keys_customers_and_champion_and_predicts_the_same()
    {
        string page = await File.ReadAllTextAsync(Path.Combine(ReferenceData.RepositoryRoot, "docs", "deployment.md"));
        page.Should().ContainAll("VACUUM INTO '/backup/work.db'", "VACUUM INTO '/backup/customers.db'", "--exclude '*.db'");
        string work = Path.Combine(shop.Store, "work.db"), backup = Directory.CreateDirectory(trained.Fresh()).FullName, restored = trained.Fresh(), admin = KeySecret.New();
        await AddAsync(work, admin);
        using CancellationTokenSource stop = new();
        Task writes = WriteAsync(work, stop.Token);

        foreach (string name in (string[])["work.db", "customers.db"])
            await VacuumAsync(Path.Combine(shop.Store, name), Path.Combine(backup, name));
        foreach (string file in Directory.EnumerateFiles(shop.Store, "*", SearchOption.AllDirectories).Where(file => !Path.GetFileName(file).Contains(".db", StringComparison.Ordinal)))
            Copy(file, Path.Combine(backup, "store", Path.GetRelativePath(shop.Store, file)));
        await stop.CancelAsync();
        await writes;
        string before = await AskAsync(shop.Host, admin, "/v1/customers?limit=500"), predicted = await AskAsync(shop.Host, admin, null);

        foreach (string file in Directory.EnumerateFiles(Path.Combine(backup, "store"), "*", SearchOption.AllDirectories))
            Copy(file, Path.Combine(restored, Path.GetRelativePath(Path.Combine(backup, "store"), file)));
        foreach (string name in (string[])["work.db", "customers.db"])
            Copy(Path.Combine(backup, name), Path.Combine(restored, name));
        using ServingHost host = ServingHost.Start(restored);

        new ModelStore(restored, TimeProvider.System).Champion.Should().Be(trained.Older);
        (await AskAsync(host, admin, "/v1/customers?limit=500")).Should().Be(before).And.Contain("customer_id");
        (await AskAsync(host, admin, null)).Should().Be(predicted);
        (await host.GetAsync("/v1/models")).ShouldBeProblem(401, "no-key");
        (await ScalarAsync(Path.Combine(restored, "work.db"), "PRAGMA integrity_check")).Should().Be("ok");
    }

    private static async Task<string> AskAsync(ServingHost host, string secret, string? path)
    {
        using HttpRequestMessage call = new(path is null ? HttpMethod.Post : HttpMethod.Get, new Uri(path ?? "/v1/predictions", UriKind.Relative)) { Content = path is null ? new StringContent(Body, System.Text.Encoding.UTF8, "application/json") : null };
        call.Headers.Add("X-Api-Key", secret);
        Answer answer = await Answer.ReadAsync(await host.Client.SendAsync(call));
        ((int)answer.Status).Should().Be(200, answer.Text);
        return answer.Text;
    }

    /// <summary>Keys are added until it is enough: the database is written to while it is copied.</summary>
    private static async Task WriteAsync(string work, CancellationToken enough)
    {
        for (int i = 0; i < 500 && !enough.IsCancellationRequested; i++)
            await AddAsync(work, KeySecret.New());
    }

    private static Task AddAsync(string work, string secret) =>
        new AccessDatabase($"Data Source={work}").AddAsync(new AccessKey { Prefix = KeySecret.PrefixOf(secret), Name = "test", Hash = KeySecret.HashOf(secret), Scopes = AccessScope.Admin, Created = DateTime.UtcNow }, null, null);

    private static async Task VacuumAsync(string source, string target)
    {
        await ScalarAsync(source, $"VACUUM INTO '{target}'");
        File.Exists(target).Should().BeTrue();
    }

    private static async Task<object?> ScalarAsync(string file, string statement)
    {
        await using SqliteConnection connection = new($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = statement;
        return await command.ExecuteScalarAsync();
    }

    private static void Copy(string source, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(source, target);
    }
}
