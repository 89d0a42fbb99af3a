using System.Globalization;
using System.Text.RegularExpressions;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests;

/// <summary>The files under deploy/ name settings that exist, with values that fit each other and the program.</summary>
public sealed partial class DeploymentTests(TrainedStore trained)
{
    private const int AnswerSeconds = 8;
    private static readonly string s_folder = Path.Combine(ReferenceData.RepositoryRoot, "deploy");
    private static readonly string s_unit = File.ReadAllText(Path.Combine(s_folder, "systemd", "customer-value.service"));
    private static readonly string s_compose = File.ReadAllText(Path.Combine(s_folder, "compose", "compose.yaml"));
    private static readonly string s_kubernetes = File.ReadAllText(Path.Combine(s_folder, "kubernetes", "service.yaml"));
    private static readonly string s_proxy = File.ReadAllText(Path.Combine(s_folder, "nginx", "customer-value.conf"));

    [Fact]
    public void Every_variable_of_this_program_in_files_and_page_is_a_setting()
    {
        string[] files = [.. Directory.EnumerateFiles(s_folder, "*", SearchOption.AllDirectories), Path.Combine(ReferenceData.RepositoryRoot, "docs", "deployment.md")];
        string[] names = [.. files.SelectMany(file => Variable().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value.Replace("__", ":"))];

        files.Should().HaveCountGreaterThanOrEqualTo(5);
        names.Should().HaveCountGreaterThan(10).And.BeSubsetOf(KnownSettings.Names);
    }

    [Fact]
    public void The_unit_is_closed_and_leaves_time_to_drain()
    {
        ILookup<string, string> unit = s_unit.Split('\n').Where(line => line.Contains('=') && !line.StartsWith('#')).Select(line => line.Split('=', 2)).ToLookup(parts => parts[0], parts => parts[1].Trim());

        s_unit.Split('\n').Should().OnlyContain(line => line.Length == 0 || line.StartsWith('#') || line.StartsWith('[') || Directive().IsMatch(line));
        unit["Type"].Should().Equal("exec");
        int.Parse(unit["TimeoutStopSec"].Single(), CultureInfo.InvariantCulture).Should().BeGreaterThan(Drain(s_unit) + AnswerSeconds);
        unit["RestartPreventExitStatus"].Should().Equal("2");
        unit["User"].Single().Should().NotBe("root");
        unit["ProtectSystem"].Should().Equal("strict");
        unit["CapabilityBoundingSet"].Should().Equal("");
        unit["NoNewPrivileges"].Should().Equal("true");
        unit["UMask"].Should().Equal("0077");
        unit["ExecStart"].Single().Should().StartWith("/opt/customer-value/CustomerValue.Serving ").And.Contain("--urls=http://127.0.0.1:");
        unit["MemoryDenyWriteExecute"].Should().BeEmpty("the runtime compiles code as it goes");
    }

    [Fact]
    public void Containers_keep_their_state_in_volumes_and_leave_time_to_drain()
    {
        Dictionary<string, string> services = Blocks(s_compose, "services:", 2);

        services.Keys.Should().Equal("database", "service", "tools", "proxy");
        services["service"].Should().ContainAll("read_only: true", "cap_drop:", "no-new-privileges:true", "data:/data", "CUSTOMER_VALUE_SERVING_Store: /data/").And.NotContain("ports:", "the proxy alone reaches it");
        services["database"].Should().Contain("database:/var/lib/postgresql/data").And.NotContain("ports:");
        int.Parse(Regex.Match(services["service"], @"stop_grace_period: (\d+)s").Groups[1].Value, CultureInfo.InvariantCulture).Should().BeGreaterThan(Drain(s_compose) + AnswerSeconds);
        Blocks(s_compose, "volumes:", 2).Keys.Should().Equal("database", "data");
        s_compose.Should().NotContain("\t").And.MatchRegex(@"Password=\$\{POSTGRES_PASSWORD\}").And.NotMatchRegex(@"Password=[^$]");
        int.Parse(Regex.Match(s_kubernetes, @"terminationGracePeriodSeconds: (\d+)").Groups[1].Value, CultureInfo.InvariantCulture).Should().BeGreaterThan(Drain(s_kubernetes.Replace("\n              value:", ":")) + AnswerSeconds);
        Regex.Count(s_kubernetes, "path: /health/(live|ready), port: 8080, httpHeaders").Should().Be(3);
    }

    [Fact]
    public void Images_have_a_user_without_rights_and_the_port_of_the_files()
    {
        string service = File.ReadAllText(Path.Combine(ReferenceData.RepositoryRoot, "serving", "CustomerValue.Serving.csproj")), training = File.ReadAllText(Path.Combine(ReferenceData.RepositoryRoot, "training", "CustomerValue.Training.csproj"));
        foreach ((string project, string image) in new[] { (service, "customer-value-serving"), (training, "customer-value-training") })
        {
            project.Should().ContainAll($"<ContainerRepository>{image}</ContainerRepository>", "<ContainerUser>1654</ContainerUser>");
            s_compose.Should().Contain($"image: {image}:latest");
        }
        service.Should().Contain("""<ContainerPort Include="8080" Type="tcp" />""");
        s_compose.Should().Contain("ASPNETCORE_HTTP_PORTS: \"8080\"");
        s_kubernetes.Should().ContainAll("containerPort: 8080", "runAsUser: 1654");
        s_proxy.Should().Contain("server service:8080;");
    }

    [Fact]
    public void The_proxy_says_what_the_service_goes_by_and_logs_no_address()
    {
        string plain = Regex.Replace(s_proxy, "#.*", "");
        string[] places = [.. Regex.Matches(plain, @"location [^{]*\{[^}]*proxy_pass[^}]*\}").Select(match => match.Value)];

        plain.Count(character => character == '{').Should().Be(plain.Count(character => character == '}'));
        places.Should().HaveCount(2).And.OnlyContain(place => place.Contains("proxy_set_header Host $http_host;") && place.Contains("proxy_set_header X-Forwarded-For $remote_addr;")
            && place.Contains("proxy_set_header X-Forwarded-Proto $scheme;") && place.Contains("proxy_request_buffering off;"));
        plain.Should().ContainAll("access_log off;", "ssl_protocols TLSv1.2 TLSv1.3;", "Strict-Transport-Security");
        long most = long.Parse(Regex.Match(plain, @"client_max_body_size (\d+)m;").Groups[1].Value, CultureInfo.InvariantCulture) << 20;
        most.Should().Be(new ServingOptions().Predictions.MaxBodyBytes);
    }

    [Theory]
    [InlineData("https", true)]
    [InlineData("http", false)]
    public async Task A_proxy_that_says_https_gets_secure_cookies(string scheme, bool secure)
    {
        string work = Path.Combine(Directory.CreateDirectory(trained.Fresh()).FullName, "work.db");
        await using ServingProcess instance = await ServingProcess.StartAsync([("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true")], $"--Store={trained.Folder}", $"--Work=Data Source={work}");
        string code = instance.Lines.Single(line => line.Contains("with the code ")).Split(' ')[^1];
        System.Net.CookieContainer jar = new();
        using HttpClient browser = new(new HttpClientHandler { CookieContainer = jar, AllowAutoRedirect = false }) { BaseAddress = instance.Address };
        browser.DefaultRequestHeaders.Add("X-Forwarded-Proto", scheme);
        browser.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        Page form = await new Visitor(browser).OpenAsync("/setup");
        using FormUrlEncodedContent fields = new(new Dictionary<string, string> { ["_handler"] = "setup", ["__RequestVerificationToken"] = Visitor.TokenOf(form.Text), ["code"] = code, ["name"] = "mara", ["password"] = "five grey herons wait" });

        HttpResponseMessage signedIn = await browser.PostAsync(new Uri("/setup", UriKind.Relative), fields);

        string cookie = signedIn.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("customer-value=", StringComparison.Ordinal));
        cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase).Should().Be(secure, cookie);
    }

    private static int Drain(string text) => int.Parse(DrainSetting().Match(text).Groups[1].Value, CultureInfo.InvariantCulture);

    /// <summary>The blocks right below a key of the outermost level, by name.</summary>
    private static Dictionary<string, string> Blocks(string yaml, string key, int indent)
    {
        string[] lines = [.. yaml.Split('\n').SkipWhile(line => line != key).Skip(1).TakeWhile(line => line.Length == 0 || line[0] is ' ' or '#')];
        Dictionary<string, string> blocks = [];
        string name = "";
        foreach (string line in lines)
            if (Regex.Match(line, $"^ {{{indent}}}([a-z]+):$") is { Success: true } match)
                blocks[name = match.Groups[1].Value] = "";
            else if (name.Length > 0)
                blocks[name] += line + "\n";
        return blocks;
    }

    [GeneratedRegex(@"CUSTOMER_VALUE_SERVING_([A-Za-z_]+)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"CUSTOMER_VALUE_SERVING_DrainSeconds[=:]+ *""?(\d+)")]
    private static partial Regex DrainSetting();

    [GeneratedRegex("^[A-Z][A-Za-z]+=")]
    private static partial Regex Directive();
}
