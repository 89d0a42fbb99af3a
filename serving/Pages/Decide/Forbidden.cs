using System.Security.Cryptography;
using System.Text;
using CustomerValue.CustomerBook.Work;

namespace CustomerValue.Serving.Pages.Decide;

/// <summary>Whom nobody may contact, as plans leave them out.</summary>
internal sealed class Forbidden
{
    private readonly IReadOnlyList<string> _customers;

    private Forbidden(IReadOnlyList<string> customers) =>
        (_customers, Mark) = (customers, customers.Count == 0 ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', customers)))));

    /// <summary>Equal for equal lists.</summary>
    public string Mark { get; }

    public static async Task<Forbidden> ReadAsync(WorkDatabase work, CancellationToken cancellation) => new(await work.UncontactedAsync(cancellation));

    /// <summary>Whether a customer may get an action; null where nobody is left out.</summary>
    /// <param name="ids">The base, in ordinal order.</param>
    public Func<int, int, bool>? MayGet(string[] ids)
    {
        if (_customers.Count == 0)
            return null;
        bool[] forbidden = new bool[ids.Length];
        foreach (string customer in _customers)
            if (Array.BinarySearch(ids, customer, StringComparer.Ordinal) is >= 0 and int row)
                forbidden[row] = true;
        return (customer, _) => !forbidden[customer];
    }
}
