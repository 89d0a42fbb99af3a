using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Json;
using CustomerValue.Serving.Trainer;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace CustomerValue.Serving.Jobs;

/// <summary>What a call asks to be done: files that were sent as a form, or named by their paths in JSON, and options by name.</summary>
/// <remarks>A sent file goes straight to its place in the store, readable by its owner: the framework would put it into the machine's folder for temporary files first.</remarks>
internal sealed class JobBody
{
    /// <summary>Fields of files that are sent, and of one that is named; the second file has the same name in both.</summary>
    public const string File = "file", PathField = "path", Attributes = "attributes";

    /// <summary>Bytes of a body of JSON, and of one field of a form.</summary>
    private const int MostText = 1 << 16;

    private const int MostFields = 200, BufferSize = 1 << 17;

    private readonly string _verb, _coming;
    private readonly JobFiles _files;
    private readonly JobPaths _paths;
    private readonly List<(string Name, string Text)> _fields = [];
    private readonly Dictionary<string, string[]> _errors = [];
    private readonly IncrementalHash _asked = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private JobBody(string verb, string coming, JobFiles files, JobPaths paths) => (_verb, _coming, _files, _paths) = (verb, coming, files, paths);

    /// <summary>The transactions.</summary>
    public JobInput? Transactions { get; private set; }

    /// <summary>The second file.</summary>
    public JobInput? Second { get; private set; }

    /// <summary>What the verb is told.</summary>
    public IReadOnlyList<string> Arguments { get; private set; } = [];

    /// <summary>Equal for calls that ask the same of the same files: fields, and names and contents of files, in the order they came.</summary>
    public string Fingerprint { get; private set; } = "";

    /// <summary>Reads a call to its end and gives what it asks, hashed, also where that cannot be done any more.</summary>
    /// <exception cref="ProblemException">It cannot be read.</exception>
    public static async Task<string> FingerprintAsync(HttpRequest request, string verb, string coming, JobFiles files, JobPaths paths) => (await ReadPartsAsync(request, verb, coming, files, paths)).Fingerprint;

    /// <summary>Reads a call to its end.</summary>
    /// <param name="request">The call.</param>
    /// <param name="verb">What is to be done.</param>
    /// <param name="coming">Where sent files go: the folder of the job to be.</param>
    /// <param name="files">Makes them.</param>
    /// <param name="paths">The files that may be named.</param>
    /// <exception cref="ProblemException">It cannot be read, or asks what cannot be done.</exception>
    public static async Task<JobBody> ReadAsync(HttpRequest request, string verb, string coming, JobFiles files, JobPaths paths)
    {
        JobBody body = await ReadPartsAsync(request, verb, coming, files, paths);
        body.Understand();
        return body._errors.Count == 0 ? body : throw new ProblemException(Problems.Invalid(body._errors));
    }

    private static async Task<JobBody> ReadPartsAsync(HttpRequest request, string verb, string coming, JobFiles files, JobPaths paths)
    {
        JobBody body = new(verb, coming, files, paths);
        _ = MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type);
        if (type is not null && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase) && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 } boundary)
            await body.ReadFormAsync(new MultipartReader(boundary.Value!, request.Body), request.HttpContext.RequestAborted);
        else if (type is not null && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
            await body.ReadJsonAsync(request.Body, request.HttpContext.RequestAborted);
        else
            throw new ProblemException(JobProblems.OtherBody(Excerpt.Of(request.ContentType ?? "")));
        body.Fingerprint = Convert.ToHexStringLower(body._asked.GetHashAndReset());
        body._asked.Dispose();
        return body;
    }

    private async Task ReadFormAsync(MultipartReader form, CancellationToken left)
    {
        try
        {
            while (await form.ReadNextSectionAsync(left) is { } section)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out ContentDispositionHeaderValue? says) || HeaderUtilities.RemoveQuotes(says.Name) is not { Length: > 0 } name)
                    throw new ProblemException(Problems.Malformed("$", "found a part without a name, expected form-data with a name for each."));
                if ((says.FileNameStar.HasValue ? says.FileNameStar : HeaderUtilities.RemoveQuotes(says.FileName)) is { HasValue: true } sent)
                    await KeepAsync(name.Value!, sent.Value!, section.Body, left);
                else
                    Add(name.Value!, Encoding.UTF8.GetString(await ReadTextAsync(section.Body, name.Value!, left)));
            }
        }
        catch (Exception error) when (error is InvalidDataException || (error is IOException and not BadHttpRequestException && !left.IsCancellationRequested))
        {
            throw new ProblemException(Problems.Malformed("$", "found a form that ends or is parted otherwise than its content type says, expected multipart/form-data."));
        }
    }

    private async Task KeepAsync(string role, string sent, Stream content, CancellationToken left)
    {
        string place = role switch { File => JobFiles.Transactions, Attributes => JobFiles.Attributes, _ => "" };
        if (place.Length == 0 || (role == File ? Transactions : Second) is not null)
        {
            Refuse(role, place.Length == 0 ? $"found a file, expected one as {File} or {Attributes}." : "found twice, expected one file.");
            return;
        }
        JobInput input = new(BroughtFile.NameOf(sent), null);
        string path = Path.Combine(_coming, place, input.Name);
        byte[] buffer = new byte[BufferSize];
        long length = 0;
        Say(role, input.Name);
        await using (FileStream file = OnDisk(path, () => _files.Create(_coming, place, input.Name)))
        {
            while (await content.ReadAsync(buffer, left) is > 0 and int read)
            {
                length += read;
                _asked.AppendData(buffer, 0, read);
                OnDisk(path, () =>
                {
                    file.Write(buffer, 0, read);
                    return read;
                });
            }
        }
        _asked.AppendData(BitConverter.GetBytes(length));
        if (length == 0)
            Refuse(role, "found an empty file, expected one with a row a purchase.");
        if (role == File)
            Transactions = input;
        else
            Second = input;
    }

    /// <summary>What goes wrong with our disk is not the caller's doing.</summary>
    private static T OnDisk<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DiskException(error.Message.Replace(path, "the file", StringComparison.Ordinal));
        }
    }

    private async Task ReadJsonAsync(Stream content, CancellationToken left)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(await ReadTextAsync(content, "$", left), new JsonDocumentOptions { MaxDepth = 4, AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new ProblemException(Problems.Malformed("$", "found no object, expected one such as {\"path\": \"/data/orders.csv\"}."));
            foreach (JsonProperty member in document.RootElement.EnumerateObject())
                foreach (JsonElement value in member.Value.ValueKind == JsonValueKind.Array ? (IEnumerable<JsonElement>)member.Value.EnumerateArray() : [member.Value])
                    if (value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                        Add(member.Name, value.ToString());
                    else if (value.ValueKind != JsonValueKind.Null)
                        Refuse(member.Name, $"found {value.ValueKind.ToString().ToLowerInvariant()}, expected a text or a number.");
        }
        catch (JsonException error)
        {
            throw new ProblemException(Problems.Malformed("$", $"line {error.LineNumber + 1}, byte {error.BytePositionInLine}: found no JSON, expected an object such as {{\"path\": \"/data/orders.csv\"}}."));
        }
        catch (InvalidOperationException)
        {
            throw new ProblemException(Problems.Malformed("$", "found half of a surrogate pair, expected text of whole Unicode characters."));
        }
    }

    private static async Task<byte[]> ReadTextAsync(Stream content, string field, CancellationToken left)
    {
        using MemoryStream text = new();
        byte[] buffer = new byte[4096];
        while (await content.ReadAsync(buffer, left) is > 0 and int read)
        {
            if (text.Length + read > MostText)
                throw new ProblemException(Problems.TooLarge(Excerpt.Of(field), $"found more than {MostText} bytes, expected no more where no file is sent."));
            text.Write(buffer, 0, read);
        }
        return text.ToArray();
    }

    private void Add(string name, string text)
    {
        if (_fields.Count == MostFields)
            throw new ProblemException(Problems.TooLarge("$", $"found more than {MostFields} fields."));
        _fields.Add((name, text));
        Say(name, text);
    }

    /// <summary>Each part with its length, so that no two calls say the same by other parts.</summary>
    private void Say(params ReadOnlySpan<string> parts)
    {
        foreach (string part in parts)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(part);
            _asked.AppendData(BitConverter.GetBytes(bytes.Length));
            _asked.AppendData(bytes);
        }
    }

    private void Understand()
    {
        List<string> arguments = [];
        HashSet<string> known = [];
        foreach ((string name, string text) in _fields)
        {
            JobOption? option = JobOption.Of(_verb).FirstOrDefault(option => option.Name == name);
            if (!known.Add(name) && option is not { IsRepeatable: true })
                Refuse(name, "found twice, expected once.");
            else if (name is PathField or Attributes)
                Name(name, text);
            else if (option is null)
                Refuse(name, $"{_verb} has no such option; it has {string.Join(", ", JobOption.Of(_verb).Select(option => option.Name))}.");
            else if (!option.Holds(text))
                Refuse(name, $"found '{Excerpt.Of(text)}', expected {option.Expected}.");
            else
                arguments.Add(option.Argument(text));
        }
        if (Transactions is null && _errors.Count == 0)
            Refuse(File, $"found none, expected a file with transactions as the field {File} of a form, or its {PathField} in JSON.");
        Arguments = arguments;
    }

    private void Name(string field, string path)
    {
        if (_paths.Find(path) is not { } found)
            Refuse(field, $"found '{Excerpt.Of(path)}', expected {JobPaths.Expected}, every link followed.");
        else if ((field == PathField ? Transactions : Second) is not null)
            Refuse(field, "found beside a file that was sent, expected one of them.");
        else if (field == PathField)
            Transactions = new JobInput(Path.GetFileName(path), found);
        else
            Second = new JobInput(Path.GetFileName(path), found);
    }

    private void Refuse(string field, string message) => _errors.TryAdd(Excerpt.Of(field), [message]);
}

/// <summary>The disk of this service did not take what was sent.</summary>
internal sealed class DiskException(string message) : Exception(message);
