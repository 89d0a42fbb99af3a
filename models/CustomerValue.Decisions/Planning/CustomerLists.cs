using CustomerValue.Data.Expressions;
using CustomerValue.Strategy.Files;

namespace CustomerValue.Decisions.Planning;

/// <summary>Reads lists about customers: who looks after whom, and whom nobody may contact.</summary>
public static class CustomerLists
{
    /// <summary>Whom a customer belongs to who has no owner.</summary>
    public const string Nobody = "team";

    /// <summary>Reads <c>customer_id, owner</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="ids">The customers in ordinal order.</param>
    /// <returns>An owner by customer; <see cref="Nobody"/> where the file names none.</returns>
    /// <exception cref="Data.Diagnostics.BadDataException">A column is absent or a name is empty.</exception>
    public static string[] ReadOwners(string path, string[] ids)
    {
        string[] owners = [.. ids.Select(_ => Nobody)];
        foreach ((string customer, string owner) in ReadOwners(path))
            if (Array.BinarySearch(ids, customer, StringComparer.Ordinal) is >= 0 and int row)
                owners[row] = owner;
        return owners;
    }

    /// <summary>Reads <c>customer_id, owner</c> as they stand.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="Data.Diagnostics.BadDataException">A column is absent or a name is empty.</exception>
    public static IEnumerable<(string Customer, string Owner)> ReadOwners(string path)
    {
        using InputRows rows = new(path);
        int id = rows.Require("customer_id", "customer"), owner = rows.Require("owner");
        while (rows.Next())
            yield return (rows.Name(id), rows.Name(owner));
    }

    /// <summary>Reads <c>customer_id</c> of those whom nobody may contact.</summary>
    /// <param name="path">The file.</param>
    /// <param name="ids">The customers in ordinal order.</param>
    /// <param name="lenient">Whether unknown ids are passed over: the customers are only some of all.</param>
    /// <returns>By customer whether contact is forbidden.</returns>
    /// <exception cref="Data.Diagnostics.BadDataException">The column is absent, or an id is unknown: a mistyped one would be contacted after all.</exception>
    public static bool[] ReadDoNotContact(string path, string[] ids, bool lenient = false) => Read(path, ids, lenient ? null : "A mistyped id would be contacted after all: correct it or remove the line");

    /// <summary>Reads <c>customer_id</c> as it stands.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="Data.Diagnostics.BadDataException">The column is absent or an id is empty.</exception>
    public static IEnumerable<string> ReadIds(string path)
    {
        using InputRows rows = new(path);
        int id = rows.Require("customer_id", "customer");
        while (rows.Next())
            yield return rows.Name(id);
    }

    /// <summary>Reads who agreed to be reached through which channel by now: <c>customer_id, channel, consent</c>; without a channel a line speaks of all of them. The last line about a customer and a channel counts.</summary>
    /// <param name="path">The file.</param>
    /// <param name="ids">The customers in ordinal order; unknown ids are passed over.</param>
    /// <param name="channels">Ids of the channels.</param>
    /// <returns>By channel id, by customer whether contact was refused; who is not in the file has not refused.</returns>
    /// <exception cref="Data.Diagnostics.BadDataException">A column is absent, a channel is unknown, or consent is neither yes nor no.</exception>
    public static IReadOnlyDictionary<string, bool[]> ReadRefusals(string path, string[] ids, IReadOnlyList<string> channels)
    {
        Dictionary<string, bool[]> refused = channels.ToDictionary(channel => channel, _ => new bool[ids.Length], StringComparer.Ordinal);
        using InputRows rows = new(path);
        int id = rows.Require("customer_id", "customer"), channel = rows.Find("channel"), consent = rows.Require("consent");
        while (rows.Next())
        {
            string named = rows.Text(channel);
            if (named.Length > 0 && !refused.ContainsKey(named))
                throw rows.Bad(channel, $"one of {string.Join(", ", channels)}", $"{NearestName.Hint(named, [.. channels], "channels")}");
            bool no = rows.Text(consent).ToLowerInvariant() switch
            {
                "yes" or "y" or "true" or "1" or "是" => false,
                "no" or "n" or "false" or "0" or "否" => true,
                _ => throw rows.Bad(consent, "yes or no", "fill it in: without an answer nobody may be contacted"),
            };
            if (Array.BinarySearch(ids, rows.Name(id), StringComparer.Ordinal) is >= 0 and int row)
                foreach (bool[] one in named.Length > 0 ? [refused[named]] : refused.Values.ToArray())
                    one[row] = no;
        }
        return refused;
    }

    /// <summary>Reads <c>customer_id</c> of those who are meant.</summary>
    /// <param name="path">The file.</param>
    /// <param name="ids">The customers in ordinal order.</param>
    /// <param name="remedy">What to do about an unknown id; null to pass over it.</param>
    /// <returns>By customer whether the file names them.</returns>
    /// <exception cref="Data.Diagnostics.BadDataException">The column is absent, or an id is unknown.</exception>
    public static bool[] Read(string path, string[] ids, string? remedy)
    {
        bool[] named = new bool[ids.Length];
        using InputRows rows = new(path);
        int id = rows.Require("customer_id", "customer");
        while (rows.Next())
        {
            int row = Array.BinarySearch(ids, rows.Name(id), StringComparer.Ordinal);
            if (row >= 0)
                named[row] = true;
            else if (remedy is not null)
                throw rows.Bad(id, "a customer of the transactions", $"{(NearestName.Find(rows.Text(id), ids) is { } near ? $"did you mean '{near}'? " : "")}{remedy}");
        }
        return named;
    }
}
