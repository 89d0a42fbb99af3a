using CustomerValue.CustomerBook.Work;
using CustomerValue.Data.Text;
using CustomerValue.Decisions.Contacts;
using CustomerValue.Serving.Pages.Shell;

namespace CustomerValue.Serving.Pages.Contacts;

/// <summary>Contacts as the file that <c>plan</c> and <c>campaign result</c> read.</summary>
internal static class ContactsExport
{
    public static async Task WriteAsync(HttpContext context, WorkDatabase work, CancellationToken cancellation)
    {
        IReadOnlyList<RecordedContact> records = await work.ContactsAsync(null, int.MaxValue, cancellation);
        using CsvDownload file = await CsvDownload.BeginAsync(context, "contacts.csv", ContactRecordReader.Columns, $"{records.Count} contacts");
        CsvWriter csv = file.Csv;
        foreach (RecordedContact contact in records.Reverse())
        {
            csv.Text(contact.CustomerId);
            csv.Day(contact.Day);
            csv.Text(contact.Owner);
            csv.Text(contact.Channel);
            csv.Text(contact.Action);
            csv.Flag(contact.Reached);
            csv.Text(contact.Outcome);
            csv.Text(null); // satisfaction
            csv.Text(contact.Complaint);
            csv.Day(contact.ComplaintClosed);
            csv.Text(null); // promise
            csv.Day(null);
            csv.Text(null);
            csv.Text(contact.NextStep);
            csv.EndRow();
        }
        await file.SendAsync();
    }
}
