using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CustomerValue.Training.Doctor;

/// <summary>Asks a running service, as any caller does: follows no redirects, reads no more than a few megabytes and waits no longer than told.</summary>
internal sealed class ServiceProbe : IDisposable
{
    private const int MostBytes = 16 << 20;
    private readonly HttpClient _client;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;
    private readonly CancellationToken _cancellation;

    public ServiceProbe(Uri service, string? key, TimeSpan timeout, TimeProvider clock, CancellationToken cancellation)
    {
        (Service, Key, _timeout, _clock, _cancellation) = (service, key, timeout, clock, cancellation);
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseProxy = !service.IsLoopback,
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                {
                    X509Certificate2? shown = certificate as X509Certificate2;
                    (CertificateEnds, CertificateFault) = (shown?.NotAfter, shown is null ? null : TlsFault.Of(shown, chain, errors, service.IdnHost, clock.GetUtcNow()));
                    return errors == SslPolicyErrors.None;
                },
            },
        };
        _client = new HttpClient(handler) { BaseAddress = service, Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MostBytes };
    }

    /// <summary>The address, with a slash at its end.</summary>
    public Uri Service { get; }

    /// <summary>What it is asked with; null for nothing, or where it may not be sent.</summary>
    public string? Key { get; set; }

    /// <summary>Until when the certificate that was shown last is good; null where none was.</summary>
    public DateTimeOffset? CertificateEnds { get; private set; }

    /// <summary>What is wrong with that certificate; null for nothing.</summary>
    public TlsFault? CertificateFault { get; private set; }

    /// <summary>The addresses of the service's host; none where it has none.</summary>
    public async Task<IPAddress[]> AddressesAsync()
    {
        try
        {
            return await Dns.GetHostAddressesAsync(Service.IdnHost, _cancellation).WaitAsync(_timeout, _clock, _cancellation);
        }
        catch (Exception error) when (error is SocketException or TimeoutException or ArgumentException)
        {
            return [];
        }
    }

    /// <summary>Asks one thing.</summary>
    /// <param name="path">Below the service, without a slash before it.</param>
    /// <param name="withKey">Whether the key goes along.</param>
    /// <param name="body">JSON that is sent; null to ask by GET.</param>
    public async Task<ProbeAnswer> AskAsync(string path, bool withKey = true, string? body = null)
    {
        string place = new Uri(Service, path).ToString();
        using HttpRequestMessage call = new(body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(path, UriKind.Relative));
        if (withKey && Key is not null)
            call.Headers.TryAddWithoutValidation("X-Api-Key", Key);
        call.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (body is not null)
            call.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(_cancellation);
        limit.CancelAfter(_timeout);
        long start = _clock.GetTimestamp();
        try
        {
            using HttpResponseMessage response = await _client.SendAsync(call, limit.Token);
            string text = await response.Content.ReadAsStringAsync(limit.Token);
            return new ProbeAnswer(place, (int)response.StatusCode, text)
            {
                Took = _clock.GetElapsedTime(start),
                Date = response.Headers.Date,
                Type = response.Content.Headers.ContentType?.MediaType ?? "",
                Headers = response.Headers.Concat(response.Content.Headers).GroupBy(header => header.Key, StringComparer.OrdinalIgnoreCase).ToDictionary(header => header.Key, header => string.Join(", ", header.SelectMany(each => each.Value)), StringComparer.OrdinalIgnoreCase),
            };
        }
        catch (OperationCanceledException) when (!_cancellation.IsCancellationRequested)
        {
            return new ProbeAnswer(place, 0, "") { Took = _clock.GetElapsedTime(start), Failure = FormattableString.Invariant($"no answer within {_timeout.TotalSeconds:0} s") };
        }
        catch (Exception error) when (error is HttpRequestException or IOException or InvalidOperationException)
        {
            return new ProbeAnswer(place, 0, "") { Took = _clock.GetElapsedTime(start), Failure = (error.InnerException ?? error).Message.TrimEnd('.') };
        }
    }

    public void Dispose() => _client.Dispose();
}

/// <summary>What a service answered.</summary>
/// <param name="Place">What was asked.</param>
/// <param name="Status">The status; 0 where no answer came.</param>
/// <param name="Text">The body.</param>
internal sealed record ProbeAnswer(string Place, int Status, string Text)
{
    private const int LongestExcerpt = 60;

    /// <summary>From the call to the end of the answer.</summary>
    public required TimeSpan Took { get; init; }

    /// <summary>Why no answer came; null where one did.</summary>
    public string? Failure { get; init; }

    /// <summary>The service's clock.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>What the body is said to be.</summary>
    public string Type { get; init; } = "";

    /// <summary>The headers by name.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the caller is not let in: no key, none that opens anything, or one of other scopes.</summary>
    public bool IsRefusal => Status is 401 or 403;

    /// <summary>The member at a path of names, as text; null where the body is no JSON or has none.</summary>
    public string? Member(params string[] path)
    {
        try
        {
            JsonNode? node = JsonNode.Parse(Text);
            foreach (string name in path)
                node = (node as JsonObject)?[name];
            return node switch
            {
                null => null,
                JsonValue value when value.TryGetValue(out string? text) => text,
                _ => node.ToJsonString(),
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The kind of problem, the last part of its type; null where it is none.</summary>
    public string? Problem => Member("type") is { } type && type.StartsWith("urn:customer-value:problem:", StringComparison.Ordinal) ? type[(type.LastIndexOf(':') + 1)..] : null;

    /// <summary>The answer in a few words.</summary>
    public string Said => Failure ?? (Member("detail") is { } detail ? $"{Status}: {detail}" : $"{Status} {Type} '{Excerpt}'".Replace(" ''", "", StringComparison.Ordinal).Replace("  ", " ", StringComparison.Ordinal));

    private string Excerpt
    {
        get
        {
            string line = string.Concat(Text.ReplaceLineEndings(" ").Where(character => !char.IsControl(character))).Trim();
            return line.Length <= LongestExcerpt ? line : line[..(LongestExcerpt - 1)] + "…";
        }
    }
}
