using System.ComponentModel.DataAnnotations;
using CustomerValue.CustomerBook;
using CustomerValue.CustomerBook.Work;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Configuration;

/// <summary>What can be set, in appsettings.json, by environment (<c>CUSTOMER_VALUE_SERVING_Predictions__MaxCustomers=500</c>) or as an argument (<c>--Predictions:MaxCustomers=500</c>).</summary>
internal sealed class ServingOptions
{
    /// <summary>Folder of the model store, relative to the current directory. Default <c>models/store</c>.</summary>
    [Required] public string Store { get; set; } = "models/store";

    /// <summary>Connection string of the customer book: <c>Data Source=FILE</c> or <c>Host=SERVER;...</c>. Default: <c>customers.db</c> in the store.</summary>
    public string? CustomerBook { get; set; }

    /// <summary>Connection string of what people leave behind, segments, contacts and keys: <c>Data Source=FILE</c> or <c>Host=SERVER;...</c>. Default: <c>work.db</c> in the store, as of <c>keys --work</c>.</summary>
    public string? Work { get; set; }

    /// <summary>Folder of the campaigns, as <c>campaign --campaigns</c> names it. Default: <c>campaigns</c> beside the store.</summary>
    public string? Campaigns { get; set; }

    /// <summary>File of public keys (PEM): only versions that one of them signed serve or are promoted. Not in the store. Default: none, so that no version need be signed.</summary>
    public string? TrustedKey { get; set; }

    /// <summary>File of a private key (PEM) with which what is trained by pages and <c>--demo</c> is signed. Not in the store. Default: none.</summary>
    public string? SignKey { get; set; }

    /// <summary>Milliseconds between two looks at which version is champion. Default 500; allowed 10 to 60,000.</summary>
    [Range(10, 60_000)] public int ChampionPollMilliseconds { get; set; } = 500;

    /// <summary>Names by which callers may call this service, without port, parted by semicolons; <c>*.example.com</c> is any name below it. Default: this machine alone.</summary>
    [Required] public string AllowedHosts { get; set; } = "localhost;127.0.0.1;[::1]";

    /// <summary>Seconds within which calls under way are finished when the program is told to end. Default 20; allowed 0 to 600.</summary>
    [Range(0, 600)] public int DrainSeconds { get; set; } = 20;

    /// <summary>Path of the program that trains. Default: <c>customer-value</c> beside this program, or the source tree that it was built in.</summary>
    public string? TrainingProgram { get; set; }

    /// <summary>Customers that <c>--demo</c> simulates. Default: as many as the verb demo; allowed 100 to 1,000,000.</summary>
    [Range(100, 1_000_000)] public int? DemoCustomers { get; set; }

    /// <summary>What one call to the prediction endpoint may ask.</summary>
    [ValidateObjectMembers] public PredictionLimits Predictions { get; set; } = new();

    /// <summary>How much work the service takes in.</summary>
    [ValidateObjectMembers] public CallLimits Calls { get; set; } = new();

    /// <summary>Work on big files.</summary>
    [ValidateObjectMembers] public JobSettings Jobs { get; set; } = new();

    /// <summary>Who may call.</summary>
    [ValidateObjectMembers] public AccessOptions Access { get; set; } = new();

    /// <summary>Tokens that callers may bring in place of keys.</summary>
    [ValidateObjectMembers] public JwtOptions Jwt { get; set; } = new();

    /// <summary>Where people sign in.</summary>
    [ValidateObjectMembers] public SecurityOptions Security { get; set; } = new();

    /// <summary>How a version is tried against the champion, and when it is taken off.</summary>
    [ValidateObjectMembers] public ChallengerOptions Challenger { get; set; } = new();

    /// <summary>What is told of the service to whoever watches it.</summary>
    public TelemetryOptions Telemetry { get; set; } = new();

    /// <summary>How models that ML.NET trained answer.</summary>
    public MLNetOptions MLNet { get; set; } = new();

    /// <summary>Where campaigns are.</summary>
    public string CampaignPlace => !string.IsNullOrWhiteSpace(Campaigns) ? Campaigns : Path.Combine(Path.GetDirectoryName(Path.GetFullPath(Store).TrimEnd(Path.DirectorySeparatorChar)) ?? Store, "campaigns");

    /// <summary>Where segments, contacts and keys are.</summary>
    public string WorkPlace => !string.IsNullOrWhiteSpace(Work) ? Work : $"Data Source={Path.Combine(Path.GetFullPath(Store), WorkDatabase.FileName)}";

    /// <summary>Where the customer book is.</summary>
    public CustomerBookOptions Book => string.IsNullOrWhiteSpace(CustomerBook) ? CustomerBookOptions.InStore(Store) : new CustomerBookOptions(CustomerBook);
}

/// <summary>What one call to the prediction endpoint may ask.</summary>
internal sealed class PredictionLimits
{
    /// <summary>Customers in one call. Default 10,000; allowed 1 to 1,000,000.</summary>
    [Range(1, 1_000_000)] public int MaxCustomers { get; set; } = 10_000;

    /// <summary>Transactions of one customer. Default 10,000; allowed 1 to 65,535.</summary>
    [Range(1, 65_535)] public int MaxTransactionsPerCustomer { get; set; } = 10_000;

    /// <summary>Bytes of one request body. Default 67,108,864 (64 MiB); allowed 1,024 to 1,073,741,824.</summary>
    [Range(1024, 1 << 30)] public int MaxBodyBytes { get; set; } = 64 << 20;
}

/// <summary>How much work the service takes in; what is more is answered 429 with Retry-After.</summary>
internal sealed class CallLimits
{
    /// <summary>Milliseconds that a single call may wait for a processor, by estimate. Default 100; allowed 1 to 60,000.</summary>
    [Range(1, 60_000)] public int WaitMilliseconds { get; set; } = 100;

    /// <summary>Bytes of a body from which on a call counts as a batch: batches wait in a queue of their own. Default 65,536; allowed 1,024 to 1,073,741,824.</summary>
    [Range(1024, 1 << 30)] public int BatchBytes { get; set; } = 1 << 16;

    /// <summary>Milliseconds that a batch may wait. Default 1,000; allowed 1 to 600,000.</summary>
    [Range(1, 600_000)] public int BatchWaitMilliseconds { get; set; } = 1000;

    /// <summary>Batches that may wait. Default 32; allowed 0 to 10,000.</summary>
    [Range(0, 10_000)] public int BatchQueue { get; set; } = 32;

    /// <summary>Bytes that the bodies of all batches under way may take together. Default 268,435,456 (256 MiB); allowed 1,048,576 to 1,099,511,627,776.</summary>
    [Range(1 << 20, 1L << 40)] public long MaxBytesTogether { get; set; } = 256 << 20;

    /// <summary>Seconds within which a body must have come. Default 30; allowed 1 to 3,600.</summary>
    [Range(1, 3600)] public int BodySeconds { get; set; } = 30;

    /// <summary>Seconds within which the head of a call must have come. Default 10; allowed 1 to 600.</summary>
    [Range(1, 600)] public int HeadSeconds { get; set; } = 10;
}

/// <summary>Work on big files.</summary>
internal sealed class JobSettings
{
    /// <summary>Folders of this machine whose files a job may name by path, parted by semicolons. Default: none, so that files are sent.</summary>
    public string Folders { get; set; } = "";

    /// <summary>Jobs that may wait. Default 20; allowed 1 to 1,000.</summary>
    [Range(1, 1000)] public int MostQueued { get; set; } = 20;

    /// <summary>Days for which a job that ended is kept with its result. Default 7; allowed 1 to 365.</summary>
    [Range(1, 365)] public int KeepDays { get; set; } = 7;
}

/// <summary>Who may call.</summary>
internal sealed class AccessOptions
{
    /// <summary>Calls a second that one key may make on average; twice as many at once. Default 1,000; allowed 1 to 1,000,000.</summary>
    [Range(1, 1_000_000)] public int CallsPerSecond { get; set; } = 1000;

    /// <summary>Whether a proxy in front lets nobody in unasked: then the service listens where others can reach it without a key. Default false.</summary>
    public bool BehindProxy { get; set; }
}

/// <summary>Tokens (JWT) that callers may bring in place of keys.</summary>
internal sealed class JwtOptions
{
    /// <summary>Address of whoever issues tokens, whose keys are read at <c>.well-known/openid-configuration</c> below it. Default: none.</summary>
    public string? Authority { get; set; }

    /// <summary>File of public keys (PEM) that sign tokens, in place of <see cref="Authority"/>. Default: none.</summary>
    public string? KeyFile { get; set; }

    /// <summary>Who must have issued a token, its claim <c>iss</c>. Default: what <see cref="Authority"/> says of itself; must be given with <see cref="KeyFile"/>.</summary>
    public string? Issuer { get; set; }

    /// <summary>Whom a token must be for, its claim <c>aud</c>. Default: none; must be given where tokens are taken.</summary>
    public string? Audience { get; set; }

    /// <summary>Claim that says what its bearer may do, words parted by blanks or a list. Default <c>scope</c>.</summary>
    [Required] public string ScopeClaim { get; set; } = "scope";

    /// <summary>Which scope each word of that claim opens, <c>word=scope</c> parted by semicolons. Default: words are scopes themselves.</summary>
    public string? Scopes { get; set; }

    /// <summary>Whether tokens are taken.</summary>
    public bool IsConfigured => !string.IsNullOrWhiteSpace(Authority) || !string.IsNullOrWhiteSpace(KeyFile);

    /// <summary>Whether an address is on this machine, where TLS is not needed.</summary>
    public static bool IsLoopback(string address) => Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.IsLoopback;

    /// <summary>Whether what is sent to an address is read and changed by nobody on the way.</summary>
    public static bool IsSafe(string? address) => Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));

    /// <summary>What is wrong with them together.</summary>
    public IEnumerable<string> Faults()
    {
        if (!IsConfigured)
        {
            if (!string.IsNullOrWhiteSpace(Audience) || !string.IsNullOrWhiteSpace(Issuer))
                yield return "Jwt: found an audience or an issuer, expected Jwt:Authority or Jwt:KeyFile with it.";
            yield break;
        }
        if (!string.IsNullOrWhiteSpace(Authority) && !string.IsNullOrWhiteSpace(KeyFile))
            yield return "Jwt: found Jwt:Authority and Jwt:KeyFile, expected one of them.";
        if (!string.IsNullOrWhiteSpace(Authority) && !IsSafe(Authority))
            yield return $"Jwt:Authority: found '{Authority}', expected an address of https, or of this machine.";
        if (string.IsNullOrWhiteSpace(Audience))
            yield return "Jwt:Audience: found none, expected whom tokens must be for; else tokens for other services open this one.";
        if (!string.IsNullOrWhiteSpace(KeyFile) && string.IsNullOrWhiteSpace(Issuer))
            yield return "Jwt:Issuer: found none, expected who issues the tokens that keys of Jwt:KeyFile sign.";
    }
}

/// <summary>How a version is tried against the champion, and when it is taken off.</summary>
internal sealed class ChallengerOptions
{
    /// <summary>Share of prediction calls that the challenger is asked as well, once they are answered. Default 0.1; allowed 0 to 1.</summary>
    [Range(0.0, 1.0)] public double ShadowShare { get; set; } = 0.1;

    /// <summary>Share of customers whom the challenger answers where a prediction call is for one alone. Default 0; allowed 0 to 1.</summary>
    [Range(0.0, 1.0)] public double CanaryShare { get; set; }

    /// <summary>Share of calls that may fail before a challenger that answers customers is taken off, or a champion newly promoted rolled back. Default 0.02; allowed 0 to 1.</summary>
    [Range(0.0, 1.0)] public double MaxErrorRate { get; set; } = 0.02;

    /// <summary>How far mean churn may lie off the champion's before a challenger that answers customers is taken off. Default 0.1; allowed 0 to 1.</summary>
    [Range(0.0, 1.0)] public double MaxChurnShift { get; set; } = 0.1;

    /// <summary>Calls before which nothing is taken off. Default 100; allowed 1 to 1,000,000.</summary>
    [Range(1, 1_000_000)] public int MinCalls { get; set; } = 100;

    /// <summary>First calls of a champion newly promoted within which it may be rolled back. Default 1,000; allowed 1 to 1,000,000,000.</summary>
    [Range(1, 1_000_000_000)] public int FirstCalls { get; set; } = 1000;
}

/// <summary>What is told of the service to whoever watches it.</summary>
internal sealed class TelemetryOptions
{
    /// <summary>
    /// Address of an OpenTelemetry collector that metrics, traces and logs are sent to, such as <c>http://localhost:4317</c>. Default: what the environment's <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says;
    /// where neither is given, nothing is sent.
    /// </summary>
    public string? Collector { get; set; }

    /// <summary>Whether a text is an address that can be sent to.</summary>
    public static bool IsAddress(string? text) => Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
}

/// <summary>How models that ML.NET trained answer.</summary>
internal sealed class MLNetOptions
{
    /// <summary>
    /// Whether predictions of <c>ml-net-fast-tree</c> come from ML.NET's own prediction engines, pooled, one pool a version. Default false: the same trees,
    /// converted, answer faster. Reasons always come from the converted trees.
    /// </summary>
    public bool ServeFromPool { get; set; }
}
