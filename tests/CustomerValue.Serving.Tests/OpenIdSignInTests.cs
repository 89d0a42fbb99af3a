using System.Net;
using CustomerValue.CustomerBook.Access;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Pages.Words;
using CustomerValue.Serving.Security;
using CustomerValue.Serving.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace CustomerValue.Serving.Tests;

/// <summary>People whom a server of OpenID Connect signs in, over real HTTP on both sides: who has a role comes in, and nothing that was spoilt opens anything.</summary>
public sealed class OpenIdSignInTests(TrainedStore trained) : IAsyncLifetime
{
    private const string Password = "five grey herons wait";
    private OpenIdProvider _provider = null!;
    private string _store = "";

    public async ValueTask InitializeAsync()
    {
        _provider = await OpenIdProvider.StartAsync();
        _store = await PagesShop.FillAsync(trained);
    }

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    [Theory]
    [InlineData("shop-admins", AccessRole.Admin, "/settings", null)]
    [InlineData("shop-sales", AccessRole.Marketer, "/customers/export", "/settings")]
    [InlineData("shop-look", AccessRole.Viewer, "/customers", "/customers/export")]
    public async Task Who_has_a_role_comes_in_and_does_what_it_allows(string word, string role, string allowed, string? refused)
    {
        using ServingHost host = Start();
        _provider.Person["roles"] = new[] { "offline_access", word };
        Visitor person = Browser(host);

        Page asked = await person.OpenAsync("/map?language=en");
        asked.Address.Should().StartWith("/sign-in?return=");
        asked.Text.Should().Contain("Sign in with 127.0.0.1").And.NotContain("name=\"password\"", "nobody has one here");
        (await person.OpenAsync("/sign-in/openid?return=%2Fmap")).Address.Should().Be("/map");

        (await person.OpenAsync("/")).Text.Should().Contain("mara (127.0.0.1)").And.Contain("Sign out");
        (await person.OpenAsync(allowed)).Status.Should().Be(200);
        if (refused is not null)
            (await person.OpenAsync(refused)).Status.Should().Be(403);
        (await host.GetAsync("/v1/models")).ShouldBeProblem(401, "no-key");
        AuditRecord record = (await AuditAsync(host)).Single(record => record.What == "sign in");
        (record.Who, record.Detail).Should().Be(("mara (127.0.0.1)", $"{role}, subject 4711-subject"));
    }

    [Fact]
    public async Task Signing_out_ends_it_here_and_shows_the_way_to_end_it_there()
    {
        using ServingHost host = Start();
        Visitor person = Browser(host);
        (await person.OpenAsync("/sign-in/openid")).Address.Should().Be("/");

        Page page = await person.SubmitAsync("/sign-out", "sign-out", []);

        page.Address.Should().Be("/sign-in?out=1");
        WebUtility.HtmlDecode(page.Text).Should().Contain("You are signed out here.").And.Contain($"href=\"{_provider.Authority}/end?client_id={OpenIdProvider.Client}\"");
        (await person.OpenAsync("/map")).Address.Should().StartWith("/sign-in");
    }

    [Fact]
    public async Task What_was_spoilt_lets_nobody_in_and_a_page_says_why_in_both_languages()
    {
        using ServingHost host = Start();
        (string Fault, Action Spoil, string Reason)[] faults =
        [
            ("another nonce", () => _provider.Spoil = token => token.Claims["nonce"] = "another", "was not begun in this browser"),
            ("no nonce", () => _provider.Spoil = token => token.Claims.Remove("nonce"), "was not begun in this browser"),
            ("expired", () => _provider.Spoil = token => (token.IssuedAt, token.NotBefore, token.Expires) = (DateTime.UtcNow.AddHours(-2), DateTime.UtcNow.AddHours(-2), DateTime.UtcNow.AddHours(-1)), "whose time is not now"),
            ("for another program", () => _provider.Spoil = token => token.Audience = "another-program", "for another program"),
            ("another issuer", () => _provider.Spoil = token => token.Issuer = "https://evil.example.com", "of another server"),
            ("another's signature", () => _provider.SignsWithAnotherKey = true, "signed by somebody else"),
            ("signed with the client's secret", () => _provider.Spoil = token => token.SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(System.Text.Encoding.UTF8.GetBytes(OpenIdProvider.Secret.PadRight(32))), SecurityAlgorithms.HmacSha256), "signed by somebody else"),
            ("unsigned", () => _provider.Spoil = token => token.SigningCredentials = null, "signed by somebody else"),
            ("a role that opens nothing", () => _provider.Person["roles"] = new[] { "admin", "shop-guests" }, "gave you no role"),
            ("no role", () => _provider.Person.Remove("roles"), "gave you no role"),
            ("nobody", () => _provider.Spoil = token => token.Claims.Remove("sub"), "cannot be used"),
            ("denied", () => _provider.Refusal = "access_denied", "did not let you in"),
            ("an error", () => _provider.Refusal = "server_error", "cannot be used"),
            ("a code that is refused", () => (_provider.Refusal, _provider.RefusesLate) = ("invalid_grant", true), "cannot be used"),
        ];
        PhraseBook.Missing.Clear();
        foreach ((string fault, Action spoil, string reason) in faults)
        {
            (_provider.Spoil, _provider.SignsWithAnotherKey, _provider.Refusal, _provider.RefusesLate, _provider.Person["roles"], _provider.Person["sub"]) = (null, false, null, false, new[] { "shop-admins" }, "4711-subject");
            spoil();
            Visitor person = Browser(host);

            Page page = await person.OpenAsync("/sign-in/openid?return=%2Fmap");

            page.Address.Should().StartWith("/sign-in?refused=", fault).And.EndWith("&return=%2Fmap", fault);
            WebUtility.HtmlDecode(page.Text).Should().Contain(reason, fault).And.Contain("Sign in with 127.0.0.1", "one may begin again");
            WebUtility.HtmlDecode((await person.OpenAsync(page.Address, "zh")).Text).Should().NotContain(reason, fault);
            (await person.OpenAsync("/map")).Address.Should().StartWith("/sign-in", fault);
        }
        PhraseBook.Missing.Keys.Should().BeEmpty();
        (await AuditAsync(host)).Should().OnlyContain(record => record.What == "sign in refused").And.HaveCount(2, "who has no role is known by name, the others are not");
        host.Log.Where(line => line.StartsWith("Warning: 127.0.0.1 signed a person in who is not let in (", StringComparison.Ordinal)).Should().HaveCountGreaterThanOrEqualTo(faults.Length - 1);
        host.Log.Should().NotContain(line => line.Contains("   at ") || line.Contains("4711-subject") || line.Contains(OpenIdProvider.Secret) || _provider.Given.Any(given => line.Contains(given)), "tokens, codes, secrets and names are in no log, nor stack traces that a stranger can cause");
    }

    [Fact]
    public async Task An_answer_is_taken_once_by_the_browser_that_began()
    {
        using ServingHost host = Start();
        using HttpClient mine = Client(host, follows: false), other = Client(host, follows: false);
        string begun = await NextAsync(mine, "/sign-in/openid?return=%2Fmap"), back = await NextAsync(mine, begun);
        back.Should().Contain("/sign-in/openid/back?code=").And.Contain("&state=");

        (await NextAsync(other, back)).Should().StartWith("/sign-in?refused=begun", "it is another browser's");
        (await NextAsync(mine, back.Replace("&state=", "&state=x"))).Should().StartWith("/sign-in?refused=begun");
        (await NextAsync(mine, back.Split("&state=")[0])).Should().StartWith("/sign-in?refused=begun");
        using HttpResponseMessage taken = await mine.GetAsync(new Uri(back));
        taken.Headers.Location!.ToString().Should().Be("/map");
        string cookie = taken.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("customer-value=", StringComparison.Ordinal));
        cookie.ToLowerInvariant().Should().Contain("httponly").And.Contain("samesite=lax");
        (await NextAsync(mine, back)).Should().StartWith("/sign-in?refused=begun", "it was taken already");
        foreach (string away in (string[])["//evil.example", "https://evil.example", "/\\evil.example"])
            (await Browser(host).OpenAsync("/sign-in/openid?return=" + Uri.EscapeDataString(away))).Address.Should().Be("/");
    }

    [Fact]
    public async Task Passwords_go_on_beside_it_unless_they_are_switched_off()
    {
        Visitor local;
        using (ServingHost host = Start())
        {
            local = Browser(host);
            (await local.SubmitAsync("/setup", "setup", new() { ["code"] = Code(host), ["name"] = "rita", ["password"] = Password })).Address.Should().Be("/settings");
            Page settings = await local.OpenAsync("/settings");
            settings.Text.Should().Contain("127.0.0.1 signs people in").And.Contain("rita");
            (await Browser(host).OpenAsync("/sign-in")).Text.Should().Contain("With a password of this service").And.Contain("Sign in with 127.0.0.1");
        }
        using ServingHost alone = Start(("Security:LocalAccounts", "false"));
        Visitor person = Browser(alone);

        Page page = await person.OpenAsync("/sign-in");
        page.Text.Should().Contain("Sign in with 127.0.0.1").And.NotContain("name=\"password\"");
        (await person.OpenAsync("/setup")).Text.Should().Contain("Nobody has a password of this service").And.NotContain("name=\"code\"");
        SignInDesk desk = alone.Services.GetRequiredService<SignInDesk>();
        (await desk.TryAsync(new Microsoft.AspNetCore.Http.DefaultHttpContext { RequestServices = alone.Services }, "rita", Password)).Should().Be(SignIn.Wrong);
        (await person.OpenAsync("/sign-in/openid?return=%2Fsettings")).Text.Should().Contain("127.0.0.1 signs everyone in").And.NotContain("Add someone");
    }

    [Fact]
    public async Task Other_settings_end_what_was_signed_in_and_so_do_hours()
    {
        LaterClock clock = new();
        using ServingHost host = ServingHost.StartAt(clock, _store, Settings()), stricter = Start(("Security:OpenIdConnect:Roles", "shop-admins=viewer"));
        CookieContainer jar = new();
        Visitor here = Browser(host, jar), there = Browser(stricter, jar);
        (await here.OpenAsync("/sign-in/openid?return=%2Fmap")).Address.Should().Be("/map");

        (await there.OpenAsync("/map")).Address.Should().StartWith("/sign-in", "roles of before are none");
        jar = new();
        here = Browser(host, jar);
        (await here.OpenAsync("/sign-in/openid?return=%2Fmap")).Address.Should().Be("/map");
        clock.Passed = TimeSpan.FromHours(7.9);
        (await here.OpenAsync("/map")).Address.Should().Be("/map");
        clock.Passed = TimeSpan.FromHours(8.1);
        (await here.OpenAsync("/map")).Address.Should().StartWith("/sign-in", "looking at pages does not lengthen it");
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_told_and_passwords_work()
    {
        using ServingHost host = ServingHost.Start(_store, [.. Settings(), ("Security:OpenIdConnect:Authority", "http://127.0.0.1:1")]);
        Visitor person = Browser(host);

        Page page = await person.OpenAsync("/sign-in/openid?return=%2Fmap");

        page.Address.Should().Be("/sign-in?refused=unreachable&return=%2Fmap");
        page.Text.Should().Contain("does not answer");
        (await person.SubmitAsync("/setup", "setup", new() { ["code"] = Code(host), ["name"] = "rita", ["password"] = Password })).Address.Should().Be("/settings");
    }

    [Fact]
    public async Task The_server_is_told_the_address_by_which_browsers_reach_the_service_and_who_is_to_come()
    {
        using ServingHost host = Start(("Security:OpenIdConnect:PublicAddress", "https://values.example.com/"));
        using HttpClient client = Client(host, follows: false);

        (await NextAsync(client, "/sign-in/openid?again=1")).Should().Contain("prompt=login", "whoever had no role may come as somebody else");
        (await NextAsync(client, "/sign-in/openid")).Should().NotContain("prompt=").And.StartWith(_provider.Authority + "/authorize?").And.Contain("redirect_uri=" + Uri.EscapeDataString("https://values.example.com/sign-in/openid/back"));
    }

    [Fact]
    public void Settings_that_cannot_work_are_named()
    {
        using TemporaryFolder folder = new();
        string secret = folder.PathOf("secret"), open = folder.PathOf("open"), empty = folder.PathOf("empty");
        foreach ((string file, string text, UnixFileMode mode) in ((string, string, UnixFileMode)[])[(secret, "s3cret\n", (UnixFileMode)0b110_100_000), (open, "s3cret", (UnixFileMode)0b110_100_100), (empty, "\n", (UnixFileMode)0b110_000_000)])
        {
            File.WriteAllText(file, text);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(file, mode);
        }
        OpenIdSettings good = Of(_ => { });

        good.ReadSecret().Should().Be("between");
        Of(settings => (settings.ClientSecret, settings.ClientSecretFile) = (null, secret)).ReadSecret().Should().Be("s3cret");
        Faults(good).Should().BeEmpty();
        Faults(Of(settings => settings.ClientSecret = null)).Should().BeEmpty("PKCE alone protects a client without a secret");
        Faults(Of(settings => settings.Authority = "http://login.example.com")).Should().ContainSingle().Which.Should().StartWith("Security:OpenIdConnect:Authority:").And.Contain("https");
        Faults(Of(settings => settings.ClientId = " ")).Should().ContainSingle().Which.Should().StartWith("Security:OpenIdConnect:ClientId:").And.Contain("/sign-in/openid/back");
        Faults(Of(settings => settings.AskFor = "profile")).Should().ContainSingle().Which.Should().Contain("openid among them");
        Faults(Of(settings => settings.Roles = "shop=owner")).Should().ContainSingle().Which.Should().Contain("'shop=owner'").And.Contain("viewer, marketer, admin");
        Faults(Of(settings => settings.PublicAddress = "https://values.example.com/path")).Should().ContainSingle().Which.Should().Contain("without a path");
        Faults(Of(settings => settings.ClientSecretFile = secret)).Should().ContainSingle().Which.Should().Contain("one of them");
        Faults(new OpenIdSettings { ClientId = "x" }).Should().ContainSingle().Which.Should().Contain("Authority");
        Faults(new OpenIdSettings(), localAccounts: false).Should().ContainSingle().Which.Should().StartWith("Security:LocalAccounts:");
        foreach (string file in OperatingSystem.IsWindows() ? (string[])[empty, folder.PathOf("gone")] : [open, empty, folder.PathOf("gone")])
            Faults(Of(settings => (settings.ClientSecret, settings.ClientSecretFile) = (null, file))).Should().ContainSingle().Which.Should().StartWith("Security:OpenIdConnect:ClientSecretFile:").And.Contain(file);
    }

    private static OpenIdSettings Of(Action<OpenIdSettings> change)
    {
        OpenIdSettings settings = new() { Authority = "https://login.example.com", ClientId = "values", ClientSecret = "between" };
        change(settings);
        return settings;
    }

    private static IEnumerable<string> Faults(OpenIdSettings settings, bool localAccounts = true) =>
        new PlacesValidator().Validate(null, new ServingOptions { Security = new SecurityOptions { OpenIdConnect = settings, LocalAccounts = localAccounts } }).Failures ?? [];

    private ServingHost Start(params (string, string)[] more) => ServingHost.Start(_store, [.. Settings(), .. more]);

    private (string, string)[] Settings() =>
    [
        ("Security:OpenIdConnect:Authority", _provider.Authority), ("Security:OpenIdConnect:ClientId", OpenIdProvider.Client), ("Security:OpenIdConnect:ClientSecret", OpenIdProvider.Secret),
        ("Security:OpenIdConnect:Roles", "shop-admins=admin; shop-sales=marketer; shop-look=viewer"),
    ];

    private static Task<IReadOnlyList<AuditRecord>> AuditAsync(ServingHost host) => host.Services.GetRequiredService<AccessDatabase>().AuditAsync(100, CancellationToken.None);

    private static string Code(ServingHost host) => host.Services.GetRequiredService<SetupCode>().Text;

    private static Visitor Browser(ServingHost host, CookieContainer? jar = null) => new(Client(host, follows: true, jar));

    private static HttpClient Client(ServingHost host, bool follows, CookieContainer? jar = null) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = follows, CookieContainer = jar ?? new CookieContainer() }) { BaseAddress = host.Client.BaseAddress };

    /// <summary>Where an address leads to.</summary>
    private static async Task<string> NextAsync(HttpClient client, string address)
    {
        using HttpResponseMessage answer = await client.GetAsync(new Uri(address, UriKind.RelativeOrAbsolute));
        answer.StatusCode.Should().Be(HttpStatusCode.Found, await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location!.ToString();
    }

    /// <summary>The system's clock, after some time has passed.</summary>
    private sealed class LaterClock : TimeProvider
    {
        public TimeSpan Passed { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Passed;
    }
}
