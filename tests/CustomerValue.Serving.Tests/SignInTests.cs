using CustomerValue.CustomerBook.Access;
using CustomerValue.Serving.Pages.Words;
using CustomerValue.Serving.Security;
using CustomerValue.Serving.Tests.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerValue.Serving.Tests;

/// <summary>People: the first by the code of the console, the others by an admin; each sees and does what the role allows.</summary>
public sealed class SignInTests(TrainedStore trained) : IAsyncLifetime
{
    private const string Secret = "five grey herons wait", Other = "seven red foxes sleep";
    private ServingHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await PagesShop.StartAsync(trained);

    public ValueTask DisposeAsync()
    {
        _host.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_first_admin_comes_by_the_code_and_from_then_on_everyone_signs_in()
    {
        Visitor stranger = Visitor.At(_host), admin = Visitor.At(_host);
        (await stranger.OpenAsync("/customers")).Status.Should().Be(200, "everyone on this machine may look while there is nobody");
        (await stranger.SubmitAsync("/setup", "setup", Person("Mara", Secret, "0123"))).Text.Should().Contain("The code opens nothing.");

        Page settings = await AddAdminAsync(admin);

        settings.Address.Should().Be("/settings");
        settings.Text.Should().Contain("mara").And.Contain("Sign out");
        (await admin.OpenAsync("/customers")).Text.Should().Contain("anna");
        Page refused = await stranger.OpenAsync("/customers?sort=-churn_probability");
        refused.Address.Should().Be("/sign-in?return=%2Fcustomers%3Fsort%3D-churn_probability");
        refused.Text.Should().NotContain("anna").And.Contain("Sign in");
        (await _host.GetAsync("/v1/models")).ShouldBeProblem(401, "no-key");
        (await stranger.SubmitAsync("/setup", "setup", Person("Eve", Other, Code))).Text.Should().Contain("The code opens nothing.", "it works once");
        _host.Log.Should().NotContain(line => line.Contains(Code) || line.Contains(Secret), "secrets are in no log");
    }

    [Fact]
    public async Task Signing_in_leads_to_where_one_wanted_to_go_and_to_no_other_site()
    {
        Visitor admin = Visitor.At(_host), guest = Visitor.At(_host);
        await AddAdminAsync(admin);

        (await guest.SubmitAsync("/sign-in", "sign-in", Person("mara", "not the one at all"))).Text.Should().Contain("do not belong together");
        (await guest.SubmitAsync("/sign-in", "sign-in", Person("nobody", Secret))).Text.Should().Contain("do not belong together", "whether a name is known is not told");
        (await guest.SubmitAsync("/sign-in?return=%2Fmap", "sign-in", Person(" MARA ", Secret))).Address.Should().Be("/map");
        (await guest.SubmitAsync("/sign-out", "sign-out", [])).Address.Should().Be("/sign-in");
        (await guest.OpenAsync("/map")).Address.Should().StartWith("/sign-in");
        foreach (string away in (string[])["//evil.example", "https://evil.example", "/\\evil.example"])
            SignedInCookie.Local(away).Should().Be("/");
    }

    [Fact]
    public async Task Whoever_guesses_waits()
    {
        await AddAdminAsync(Visitor.At(_host));
        Visitor guesser = Visitor.At(_host);
        for (int i = 0; i < SignInDesk.MostWrong; i++)
            (await guesser.SubmitAsync("/sign-in", "sign-in", Person("mara", $"guess number {i} of many"))).Text.Should().Contain("do not belong together");

        (await guesser.SubmitAsync("/sign-in", "sign-in", Person("mara", Secret))).Text.Should().Contain("Too many wrong passwords", "even the right one is not looked at");
    }

    [Fact]
    public async Task Roles_open_what_they_are_for_and_nothing_else()
    {
        Visitor admin = Visitor.At(_host), viewer = Visitor.At(_host), marketer = Visitor.At(_host);
        await AddAdminAsync(admin);
        (await admin.SubmitAsync("/settings", "person", Person("vera", Other, role: AccessRole.Viewer))).Text.Should().Contain("vera can sign in.");
        await admin.SubmitAsync("/settings", "person", Person("max", Other, role: AccessRole.Marketer));
        await viewer.SubmitAsync("/sign-in", "sign-in", Person("vera", Other));
        await marketer.SubmitAsync("/sign-in", "sign-in", Person("max", Other));

        Page seen = await viewer.OpenAsync("/customer?id=anna");
        seen.Status.Should().Be(200);
        seen.Text.Should().NotContain("value=\"record\"").And.NotContain("/settings");
        (await viewer.OpenAsync("/customers")).Text.Should().NotContain("/customers/export");
        foreach (string address in (string[])["/customers/export", "/contacts/export", "/settings", "/import"])
        {
            Page refused = await viewer.OpenAsync(address);
            refused.Status.Should().Be(403, address);
            refused.Text.Should().Contain("Your role may not do this.");
        }
        PhraseBook.Missing.Clear();
        System.Net.WebUtility.HtmlDecode((await viewer.OpenAsync("/settings", "zh")).Text).Should().Contain("您的角色不能这样做。");
        PhraseBook.Missing.Keys.Should().BeEmpty();
        (await viewer.SubmitAsync("/segments?condition=stage%20%3D%20%27steady%27", "save", new() { ["name"] = "mine" })).Status.Should().Be(403);

        (await marketer.OpenAsync("/customers/export")).Text.Should().StartWith("customer_id,");
        (await marketer.SubmitAsync("/customer?id=anna", "record", new() { ["channel"] = "phone", ["reached"] = "yes" })).Text.Should().Contain("is written down");
        (await marketer.SubmitAsync("/model", "rollback", [])).Status.Should().Be(403, "who serves is for admins");
        (await marketer.OpenAsync("/settings")).Status.Should().Be(403);
        (await admin.OpenAsync("/settings")).Text.Should().Contain("download").And.Contain("customers-2024-03-01");
    }

    [Fact]
    public async Task Another_role_password_or_lock_ends_what_was_signed_in()
    {
        Visitor admin = Visitor.At(_host), person = Visitor.At(_host);
        await AddAdminAsync(admin);
        foreach ((string form, Dictionary<string, string> fields) in (ValueTuple<string, Dictionary<string, string>>[])[("role-max", new() { ["role"] = AccessRole.Viewer }), ("person", Person("max", Other + "ing", role: AccessRole.Viewer)), ("lock-max", [])])
        {
            await admin.SubmitAsync("/settings", "person", Person("max", Other, role: AccessRole.Marketer));
            await person.SubmitAsync("/sign-in", "sign-in", Person("max", Other));
            (await person.OpenAsync("/map")).Address.Should().Be("/map");

            await admin.SubmitAsync("/settings", form, fields);

            (await person.OpenAsync("/map")).Address.Should().StartWith("/sign-in", form);
        }
        (await person.SubmitAsync("/sign-in", "sign-in", Person("max", Other))).Text.Should().Contain("do not belong together", "locked out");
        foreach ((string form, Dictionary<string, string> fields) in (ValueTuple<string, Dictionary<string, string>>[])[("role-mara", new() { ["role"] = AccessRole.Viewer }), ("lock-mara", []), ("person", Person("mara", Secret, role: AccessRole.Viewer))])
            (await admin.SubmitAsync("/settings", form, fields)).Text.Should().Contain("There would be no admin left.", form);
    }

    [Fact]
    public async Task A_key_is_made_shown_once_works_and_is_revoked_on_the_page_and_an_admin_key_adds_an_admin()
    {
        Visitor admin = Visitor.At(_host);
        await AddAdminAsync(admin);

        string shown = (await admin.SubmitAsync("/settings", "key", new() { ["name"] = "shop", ["scope"] = AccessScope.Admin, ["days"] = "30" })).Text;
        string secret = System.Text.RegularExpressions.Regex.Match(shown, "cv_[A-Za-z0-9_-]{43}").Value;

        (await admin.OpenAsync("/settings")).Text.Should().NotContain(secret).And.Contain(KeySecret.PrefixOf(secret));
        (await CallAsync(secret)).Should().Be(200);
        Visitor rescuer = Visitor.At(_host);
        (await rescuer.SubmitAsync("/setup", "setup", Person("rita", Other, secret))).Address.Should().Be("/settings");
        await admin.SubmitAsync("/settings", "revoke-" + KeySecret.PrefixOf(secret), []);
        (await CallAsync(secret)).Should().Be(401);
        (await rescuer.SubmitAsync("/setup", "setup", Person("eve", Other, secret))).Text.Should().Contain("The code opens nothing.");
    }

    [Theory]
    [InlineData("short pass", "at least 12")]
    [InlineData("my name is mara", "holds the name")]
    public async Task Poor_passwords_are_refused(string password, string why) =>
        (await Visitor.At(_host).SubmitAsync("/setup", "setup", Person("mara", password, Code))).Text.Should().Contain(why);

    [Fact]
    public void Only_signing_in_and_what_problems_mean_is_open_and_every_other_page_states_no_less_than_reading()
    {
        RouteEndpoint[] open = [.. _host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(route => route.Metadata.GetMetadata<IAllowAnonymous>() is not null)];

        open.Select(route => route.RoutePattern.RawText!.Trim('/').Split('/')[0]).Distinct().Should().BeEquivalentTo("health", "openapi", "assets", "sign-in", "sign-out", "setup", "problems");
    }

    private string Code => _host.Services.GetRequiredService<SetupCode>().Text;

    private Task<Page> AddAdminAsync(Visitor visitor) => visitor.SubmitAsync("/setup", "setup", Person("Mara", Secret, Code));

    private static Dictionary<string, string> Person(string name, string password, string code = "", string role = "") => new() { ["code"] = code, ["name"] = name, ["password"] = password, ["role"] = role };

    private async Task<int> CallAsync(string secret)
    {
        using HttpRequestMessage call = new(HttpMethod.Get, "/v1/models");
        call.Headers.Add("X-Api-Key", secret);
        return (int)(await _host.Client.SendAsync(call)).StatusCode;
    }
}
