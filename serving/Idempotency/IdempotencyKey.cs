using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerValue.Serving.Errors;

namespace CustomerValue.Serving.Idempotency;

/// <summary>The key of a call under way, held alone until it is disposed of.</summary>
internal sealed class IdempotencyKey : IDisposable
{
    private readonly FileStream _file;
    private readonly TimeProvider _clock;

    /// <param name="file">What is kept of the key, open for this call alone.</param>
    /// <param name="clock">Tells how old it is.</param>
    public IdempotencyKey(FileStream file, TimeProvider clock)
    {
        (_file, _clock) = (file, clock);
        try
        {
            First = file.Length == 0 ? null : JsonSerializer.Deserialize(file, FirstAnswerJson.Default.FirstAnswer);
        }
        catch (JsonException)
        {
            // A service ended while it wrote; what it wrote of was not made yet.
        }
        if (First is { } first && clock.GetUtcNow() - first.Created >= IdempotencyKeys.Kept)
            First = null;
    }

    /// <summary>What was answered to the first call of this key; null where this is the first.</summary>
    public FirstAnswer? First { get; private set; }

    /// <summary>Checks that a call is the first one again.</summary>
    /// <param name="first">The first one's answer.</param>
    /// <param name="fingerprint">What it asks.</param>
    /// <exception cref="ProblemException">It asks something else.</exception>
    public static string Again(FirstAnswer first, string fingerprint) => first.Fingerprint == fingerprint ? first.Answer : throw new ProblemException(IdempotencyProblems.Reused);

    /// <summary>Keeps the answer of the first call. Before what it makes is there: a service that ends in between has made nothing, and whoever makes it says so.</summary>
    /// <param name="fingerprint">What was asked.</param>
    /// <param name="answer">The body of the answer.</param>
    /// <param name="made">Names what was made; null where nothing stays.</param>
    public void Keep(string fingerprint, string answer, string? made = null)
    {
        First = new FirstAnswer(_clock.GetUtcNow(), fingerprint, answer, made);
        _file.SetLength(0);
        JsonSerializer.Serialize(_file, First, FirstAnswerJson.Default.FirstAnswer);
        _file.Flush(flushToDisk: true);
    }

    /// <summary>Forgets the answer: nothing was made.</summary>
    public void Forget()
    {
        First = null;
        _file.SetLength(0);
    }

    public void Dispose() => _file.Dispose();
}

/// <summary>What was answered to the first call of a key.</summary>
/// <param name="Created">When.</param>
/// <param name="Fingerprint">What was asked, hashed.</param>
/// <param name="Answer">The body of the answer.</param>
/// <param name="Made">Names what was made.</param>
internal sealed record FirstAnswer(DateTimeOffset Created, string Fingerprint, string Answer, string? Made);

[JsonSerializable(typeof(FirstAnswer))]
internal sealed partial class FirstAnswerJson : JsonSerializerContext;
