using System.Net;
using CustomerValue.CustomerBook.Access;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests;

/// <summary>Several instances before one database: who signed in at one is signed in at all, also after they were started anew, each in a home of its own as containers are.</summary>
public sealed class SharedSignInTests(TrainedStore trained, PostgresServer server) : IClassFixture<PostgresServer>, IDisposable
{
    private const string Secret = "five grey herons wait";
    private readonly string _folder = Directory.CreateTempSubdirectory("shared-").FullName;
    private int _homes;

    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task Cookies_and_forms_of_one_instance_are_taken_by_another_and_after_a_restart(string engine)
    {
        string work = engine == "SQLite" ? $"Data Source={Path.Combine(_folder, "work.db")}" : await server.FreshDatabaseAsync();
        CookieContainer cookies = new();
        await using (ServingProcess second = await StartAsync(work))
        {
            await using (ServingProcess first = await StartAsync(work))
            {
                // Both need a key at the same moment, and there is none.
                await Task.WhenAll(((ServingProcess[])[first, second]).Select(instance => At(instance, new()).OpenAsync("/setup")));
                (await new ProtectionDatabase(work).KeysAsync()).Should().ContainSingle("instances agree on the first");
                string code = first.Lines.Single(line => line.Contains("with the code ")).Split(' ')[^1];

                (await At(first, cookies).SubmitAsync("/setup", "setup", new() { ["code"] = code, ["name"] = "mara", ["password"] = Secret })).Address.Should().Be("/settings");
            }
            await Task.Delay(1100); // keys and people are looked at again once a second
            (await At(second, cookies).OpenAsync("/settings")).Address.Should().Be("/settings", "signed in at the one that is gone");
            (await At(second, new()).OpenAsync("/settings")).Address.Should().StartWith("/sign-in", "others are not");
            (await At(second, cookies).SubmitAsync("/settings", "person", new() { ["name"] = "vera", ["password"] = "seven red foxes sleep", ["role"] = AccessRole.Viewer })).Text.Should().Contain("vera can sign in.");
        }

        await using ServingProcess third = await StartAsync(work), fourth = await StartAsync(work);
        (await At(third, cookies).OpenAsync("/settings")).Address.Should().Be("/settings");
        string token = Visitor.TokenOf((await At(third, cookies).OpenAsync("/settings")).Text);
        (await At(fourth, cookies).SendAsync("/settings", "lock-vera", token, [])).Status.Should().Be(200, "a form opened at one is taken by another");
        (await new AccessDatabase(work).PeopleAsync()).Single(person => person.Name == "vera").Locked.Should().NotBeNull();
        (await new ProtectionDatabase(work).KeysAsync()).Should().ContainSingle();
        if (engine == "SQLite" && !OperatingSystem.IsWindows())
            (File.GetUnixFileMode(Path.Combine(_folder, "work.db")) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.OtherWrite)).Should().Be(UnixFileMode.None);
    }

    [Fact]
    public async Task Where_nothing_can_be_written_pages_are_shown_and_a_form_without_its_token_is_a_page_that_says_so()
    {
        await using ServingProcess instance = await StartAsync("Data Source=/proc/nowhere/work.db");

        (await At(instance, new()).OpenAsync("/setup")).Status.Should().Be(200);
        instance.Lines.Should().Contain(line => line.Contains("The keys of cookies are not kept"));
        Page refused = await At(instance, new()).SendAsync("/setup", "setup", "", []);
        refused.Status.Should().Be(400);
        refused.Text.Should().Contain("The form cannot be taken.");
        (await Answer.ReadAsync(await instance.Client.PostAsync(new Uri("/setup", UriKind.Relative), new FormUrlEncodedContent([])))).ShouldBeProblem(400, "unknown-form");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<ServingProcess> StartAsync(string work) =>
        ServingProcess.StartAsync([("HOME", Directory.CreateDirectory(Path.Combine(_folder, $"home-{Interlocked.Increment(ref _homes)}")).FullName)], $"--Store={trained.Folder}", $"--Work={work}");

    private static Visitor At(ServingProcess instance, CookieContainer cookies) => new(new HttpClient(new HttpClientHandler { CookieContainer = cookies }) { BaseAddress = instance.Address });
}
