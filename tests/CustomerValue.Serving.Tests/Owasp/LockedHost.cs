using System.Text;
using CustomerValue.CustomerBook.Access;
using CustomerValue.Serving.Tests.Hosting;

namespace CustomerValue.Serving.Tests.Owasp;

/// <summary>The real service with a key for each scope: what the classes of OWASP's API Security Top 10 (2023) attack.</summary>
public sealed class LockedHost : IDisposable
{
    internal const string Prediction = """{"customers":[{"customer_id":"a","transactions":[{"date":"2024-01-01","amount":20}]}]}""";
    private readonly string _folder = Directory.CreateTempSubdirectory("owasp-").FullName;
    private readonly Dictionary<string, string> _secrets = [];

    public LockedHost(TrainedStore trained)
    {
        string work = $"Data Source={Path.Combine(_folder, "work.db")}";
        AccessDatabase keys = new(work);
        foreach (string scope in AccessScope.All)
        {
            string secret = _secrets[scope] = KeySecret.New();
            keys.AddAsync(new AccessKey { Prefix = KeySecret.PrefixOf(secret), Name = scope, Hash = KeySecret.HashOf(secret), Scopes = scope, Created = DateTime.UtcNow }).GetAwaiter().GetResult();
        }
        Host = ServingHost.Start(trained.Folder, ("Work", work), ("Predictions:MaxCustomers", "100"));
    }

    internal ServingHost Host { get; }

    internal string SecretOf(string scope) => _secrets[scope];

    /// <summary>A call with the key of a scope, or with none.</summary>
    internal async Task<HttpResponseMessage> SendAsync(string method, string path, string? scope, string? body = null, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage call = new(new HttpMethod(method), new Uri(path, UriKind.Relative));
        if (body is not null)
            call.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (scope is not null)
            call.Headers.Add("X-Api-Key", SecretOf(scope));
        foreach ((string name, string value) in headers)
            call.Headers.TryAddWithoutValidation(name, value);
        return await Host.Client.SendAsync(call);
    }

    internal async Task<Answer> AskAsync(string method, string path, string? scope, string? body = null, params (string Name, string Value)[] headers) => await Answer.ReadAsync(await SendAsync(method, path, scope, body, headers));

    public void Dispose()
    {
        Host.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
