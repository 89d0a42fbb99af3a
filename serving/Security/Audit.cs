using CustomerValue.CustomerBook;
using CustomerValue.CustomerBook.Access;

namespace CustomerValue.Serving.Security;

/// <summary>Writes down who did what others may ask about later.</summary>
internal sealed partial class Audit(AccessDatabase database, TimeProvider clock, ILogger<Audit> logger)
{
    private const string Itself = "service";

    /// <summary>Writes a record.</summary>
    /// <param name="context">Who calls.</param>
    /// <param name="what">What, in a word or two.</param>
    /// <param name="detail">More of it; never a customer's id.</param>
    /// <param name="who">Who, where the call does not tell yet.</param>
    /// <exception cref="CustomerBookException">It cannot be written, and callers are known by name: then what it speaks of is not to be done.</exception>
    public async Task WriteAsync(HttpContext context, string what, string detail, string? who = null)
    {
        try
        {
            await database.RecordAsync(new AuditRecord { Time = clock.GetUtcNow().UtcDateTime, Who = who ?? context.User.Name(), What = what, Detail = detail }, CancellationToken.None);
        }
        catch (CustomerBookException error) when (context.User == Caller.Local)
        {
            LogLost(logger, what, error.Message);
        }
    }

    /// <summary>Writes down what this program did by itself.</summary>
    /// <param name="what">What, in a word or two.</param>
    /// <param name="detail">More of it; never a customer's id.</param>
    public async Task WriteOwnAsync(string what, string detail)
    {
        try
        {
            await database.RecordAsync(new AuditRecord { Time = clock.GetUtcNow().UtcDateTime, Who = Itself, What = what, Detail = detail }, CancellationToken.None);
        }
        catch (CustomerBookException error)
        {
            LogLost(logger, what, error.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Not written down: {What}. {Reason}")]
    private static partial void LogLost(ILogger logger, string what, string reason);
}
