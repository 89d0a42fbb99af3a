using System.Globalization;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace CustomerValue.Client;

/// <summary>A CustomerValue service, call by call. One object serves a whole program, many calls at once.</summary>
/// <remarks>
/// The calls are generated from the service's description. Each throws <see cref="CustomerValueException"/> where the service answers with a problem, <see cref="HttpRequestException"/> where it is not
/// reached, and <see cref="TimeoutException"/> where it does not answer within <see cref="ClientOptions.Patience"/>.
/// </remarks>
public sealed partial class CustomerValueClient : IDisposable
{
    private static readonly ProductInfoHeaderValue s_product = new("CustomerValue.Client", typeof(CustomerValueClient).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]);

    private readonly HttpClient _http;
    private readonly Uri _address;
    private readonly ClientOptions _options;
    private readonly bool _owned;

    /// <summary>A client with connections of its own.</summary>
    /// <param name="address">Where the service is, such as <c>http://localhost:5000</c>; with a path where a proxy has it below one.</param>
    /// <param name="options">The key and how patient to be; the usual unless given.</param>
    public CustomerValueClient(Uri address, ClientOptions? options = null)
        : this(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Timeout.InfiniteTimeSpan }, address, options) => _owned = true;

    /// <summary>A client that calls through an <see cref="HttpClient"/> of yours, such as one of a factory. It is not changed, and not disposed of.</summary>
    /// <param name="http">What sends; its own timeout holds beside <see cref="ClientOptions.Patience"/>.</param>
    /// <param name="address">Where the service is.</param>
    /// <param name="options">The key and how patient to be; the usual unless given.</param>
    public CustomerValueClient(HttpClient http, Uri address, ClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(address);
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https"))
            throw new ArgumentException($"found '{address}', expected an address such as http://localhost:5000.", nameof(address));
        _http = http;
        _address = new Uri(address.GetLeftPart(UriPartial.Path).TrimEnd('/') + '/');
        _options = options ?? new ClientOptions();
    }

    /// <summary>Closes the connections, where they are the client's own.</summary>
    public void Dispose()
    {
        if (_owned)
            _http.Dispose();
    }

    private async Task<T> AskAsync<T>(Call call, JsonTypeInfo<T> form, CancellationToken cancellation)
    {
        using HttpResponseMessage answer = await SendAsync(call, cancellation).ConfigureAwait(false);
        await using Stream body = await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        return await JsonSerializer.DeserializeAsync(body, form, cancellation).ConfigureAwait(false) ?? throw new JsonException($"{call.Address}: found null, expected {typeof(T).Name}.");
    }

    /// <summary>Gives what is answered as it comes; closing the stream ends the call.</summary>
    private async Task<Stream> TakeAsync(Call call, CancellationToken cancellation)
    {
        HttpResponseMessage answer = await SendAsync(call, cancellation).ConfigureAwait(false);
        return await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Sends a call, again where the service says when, and throws its problem.</summary>
    private async Task<HttpResponseMessage> SendAsync(Call call, CancellationToken cancellation)
    {
        for (int retries = 0; ; retries++)
        {
            HttpResponseMessage answer = await SendOnceAsync(call, cancellation).ConfigureAwait(false);
            if (answer.IsSuccessStatusCode)
                return answer;
            using (answer)
            {
                TimeSpan? wait = RetryAfter(answer);
                if (wait is null || wait > _options.LongestWait || retries == _options.MostRetries)
                    throw await CustomerValueException.OfAsync(answer, wait, cancellation).ConfigureAwait(false);
                await Task.Delay(wait.Value, _options.Clock, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(Call call, CancellationToken cancellation)
    {
        using HttpRequestMessage request = new(call.Method, new Uri(_address, call.Address)) { Content = call.Content?.Invoke() };
        request.Headers.UserAgent.Add(s_product);
        if (_options.Key is { Length: > 0 } key)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        foreach ((string name, string? value) in call.Headers)
            if (value is not null)
                request.Headers.Add(name, value);
        using CancellationTokenSource patience = new(request.Content is MultipartFormDataContent ? Timeout.InfiniteTimeSpan : _options.Patience, _options.Clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (patience.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"{call.Address}: found no answer within {_options.Patience.TotalSeconds} seconds; ask for less in one call, or set {nameof(ClientOptions)}.{nameof(ClientOptions.Patience)}."), error);
        }
    }

    /// <summary>How long to wait before the call may be sent again: said for 429 and 503 alone, where nothing was done for it.</summary>
    private TimeSpan? RetryAfter(HttpResponseMessage answer) => (int)answer.StatusCode is 429 or 503 && answer.Headers.RetryAfter is { } after
        ? after.Delta ?? (after.Date - _options.Clock.GetUtcNow() is { } left ? TimeSpan.FromTicks(Math.Max(0, left.Ticks)) : null) : null;

    private static Func<HttpContent> Json<T>(T body, JsonTypeInfo<T> form)
    {
        ArgumentNullException.ThrowIfNull(body);
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(body, form);
        return () => new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
    }

    /// <summary>A form where a file is sent, JSON where all are named by their paths.</summary>
    private static Func<HttpContent> Form<T>(T body, JsonTypeInfo<T> form, params (string Name, JobFile? File)[] files)
    {
        if (Array.TrueForAll(files, part => part.File is null))
            return Json(body, form);
        JsonObject fields = JsonSerializer.SerializeToNode(body, form)!.AsObject();
        return () =>
        {
            MultipartFormDataContent parts = [];
            foreach ((string name, JsonNode? value) in fields)
                foreach (JsonNode? one in value is JsonArray many ? [.. many] : (JsonNode?[])[value])
                    parts.Add(new StringContent(one!.GetValue<string>()), name);
            foreach ((string name, JobFile? file) in files)
                if (file is not null)
                    parts.Add(new StreamContent(file.Open()), name, file.Name);
            return parts;
        };
    }

    private static string Escaped(string part)
    {
        ArgumentException.ThrowIfNullOrEmpty(part);
        return Uri.EscapeDataString(part);
    }

    private static string Query(IReadOnlyDictionary<string, string>? more, params (string Name, object? Value)[] fields)
    {
        IEnumerable<(string Name, string Value)> said = fields.Where(field => field.Value is not null).Select(field => (field.Name, Convert.ToString(field.Value, CultureInfo.InvariantCulture)!))
            .Concat(more?.Select(pair => (pair.Key, pair.Value)) ?? []);
        string text = string.Join('&', said.Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}"));
        return text.Length == 0 ? "" : "?" + text;
    }

    /// <summary>One call.</summary>
    /// <param name="Method">What is done.</param>
    /// <param name="Address">To what, from the service's address on.</param>
    /// <param name="Content">Makes the body, anew for every time it is sent.</param>
    private sealed record Call(HttpMethod Method, string Address, Func<HttpContent>? Content = null)
    {
        /// <summary>Headers of this call; those without a value are not sent.</summary>
        public IReadOnlyList<(string Name, string? Value)> Headers { get; init; } = [];
    }
}
