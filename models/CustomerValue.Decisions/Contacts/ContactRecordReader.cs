using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Expressions;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Strategy.Files;

namespace CustomerValue.Decisions.Contacts;

/// <summary>Reads <c>contacts.csv</c>: what came of contacts.</summary>
public static class ContactRecordReader
{
    /// <summary>Columns of the file, in the order in which it is written; those after <c>reached</c> may be left out.</summary>
    public static IReadOnlyList<string> Columns { get; } =
        ["customer_id", "date", "owner", "channel", "action", "reached", "outcome", "satisfaction", "complaint", "complaint_closed", "promise", "promise_due", "promise_kept", "next_step"];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, plain or gzip.</param>
    /// <param name="ids">The customers in ordinal order.</param>
    /// <param name="channels">Channels of the playbook.</param>
    /// <param name="asOf">First day of the future: a contact on or after it cannot have happened.</param>
    /// <param name="findings">Takes doubts: contacts with customers who are not known.</param>
    /// <returns>A history by customer, in the order of the ids.</returns>
    /// <exception cref="BadDataException">A column is absent, or a line cannot be understood or lies in the future.</exception>
    public static ContactHistory[] Read(string path, string[] ids, IReadOnlyList<Channel> channels, DateOnly asOf, List<Finding> findings)
    {
        string[] known = [.. channels.Select(channel => channel.Id)];
        Dictionary<int, List<ContactRecord>> records = [];
        Tally strangers = new();
        using InputRows rows = new(path);
        int id = rows.Require("customer_id", "customer"), day = rows.Require("date", "day"), owner = rows.Find("owner"), channel = rows.Require("channel"), action = rows.Find("action"),
            reached = rows.Require("reached"), outcome = rows.Find("outcome"), satisfaction = rows.Find("satisfaction"), complaint = rows.Find("complaint"), closed = rows.Find("complaint_closed"),
            promise = rows.Find("promise"), due = rows.Find("promise_due"), kept = rows.Find("promise_kept"), next = rows.Find("next_step");
        while (rows.Next())
        {
            string customer = rows.Name(id), through = rows.Name(channel);
            if (!known.Contains(through, StringComparer.Ordinal))
                throw rows.Bad(channel, "a channel of the playbook", NearestName.Hint(through, known, "channels"));
            ContactRecord record = new()
            {
                Day = Past(day)!.Value,
                Owner = rows.Text(owner),
                Channel = through,
                Action = rows.Text(action),
                Reached = YesOrNo(reached) ?? throw rows.Bad(reached, "yes or no", "fill it in"),
                Outcome = rows.Text(outcome),
                Satisfaction = Grade(),
                Complaint = rows.Text(complaint),
                ComplaintClosed = Past(closed),
                Promise = rows.Text(promise),
                PromiseDue = rows.Text(due).Length == 0 ? null : rows.Day(due),
                PromiseKept = YesOrNo(kept),
                NextStep = rows.Text(next),
            };
            int row = Array.BinarySearch(ids, customer, StringComparer.Ordinal);
            if (row < 0)
                strangers.Add(rows.PlaceOf(rows.Line), $"'{customer}'");
            else if (records.TryGetValue(row, out List<ContactRecord>? own))
                own.Add(record);
            else
                records[row] = [record];
        }
        strangers.Report(findings, "unknown-contacts", Severity.Warning, "of contacts with customers who are not in the transactions were left out", "Give the transactions of those customers, or write their ids as in the transactions.");
        return [.. ids.Select((_, row) => records.TryGetValue(row, out List<ContactRecord>? own) ? new ContactHistory(own) : ContactHistory.None)];

        DateOnly? Past(int column)
        {
            if (column != day && rows.Text(column).Length == 0)
                return null;
            DateOnly at = rows.Day(column);
            return at < asOf ? at : throw rows.Bad(column, $"a day before {asOf:yyyy-MM-dd}, the day of the plan", "a record cannot come from the future; correct the day or plan with a later --as-of");
        }

        bool? YesOrNo(int column) => rows.Text(column).ToLowerInvariant() switch
        {
            "" => null,
            "yes" or "y" or "true" or "1" or "是" => true,
            "no" or "n" or "false" or "0" or "否" => false,
            _ => throw rows.Bad(column, "yes or no", "correct it"),
        };

        int? Grade() => rows.Text(satisfaction) switch
        {
            "" => null,
            ['1' or '2' or '3' or '4' or '5'] grade => grade[0] - '0',
            _ => throw rows.Bad(satisfaction, "a whole number from 1 to 5", "correct it"),
        };
    }
}
