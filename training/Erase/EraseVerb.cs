using System.CommandLine;
using CustomerValue.CustomerBook;
using CustomerValue.CustomerBook.Erasure;
using CustomerValue.Decisions.Campaigns;
using CustomerValue.Models.Store;
using CustomerValue.Training.Campaigns;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Erase;

/// <summary><c>erase</c>: takes a customer out of book, contacts, segments and campaigns, and keeps them out.</summary>
internal sealed class EraseVerb : Verb
{
    /// <summary>Who erased, in the record of what was done.</summary>
    private const string ByProgram = "command line";

    private readonly StoreOptions _store = new();
    private readonly WorkOptions _work = new();
    private readonly Argument<string> _customer = new("CUSTOMER") { Description = "Id of the customer, as in the transactions." };
    private readonly Option<string> _campaigns = CampaignCommand.FolderOption();

    public EraseVerb() : base("erase", "Take a customer out of book, contacts, segments and campaigns, and leave them out of every file from now on.")
    {
        Add(_customer);
        _store.AddTo(this, withBook: true);
        _work.AddTo(this);
        Add(_campaigns);
    }

    public override async Task<int> RunAsync(ParseResult parse, Session session)
    {
        string customer = parse.GetValue(_customer)!;
        ModelStore store = _store.Store(parse, session.Environment);
        CustomerBookDatabase book = _store.Book(parse, session.Environment);
        CampaignFolder campaigns = CampaignCommand.Folder(parse, _campaigns, session.Environment);
        string work = _work.Place(parse, session.Environment, store);
        ErasureReceipt receipt = await new CustomerErasure(store.Folder, book, new(work), new(work), new(work), campaigns.Erase, session.Environment.Clock).EraseAsync(customer, ByProgram, session.Cancellation);
        session.People.Say($"Erased. In the customer book: {(receipt.WasInBook ? "yes" : "no")}. Contacts: {receipt.Contacts}. Reported transactions and kept forecasts: {receipt.Outcomes}. Segments that named the customer: {receipt.Segments.Count}. Campaigns: {(receipt.Campaigns.Count == 0 ? "none" : string.Join(", ", receipt.Campaigns))}. Uploaded files removed: {receipt.Uploads}.");
        session.Hint("Trained models hold no ids and no one's transactions, only what was learnt from all customers together; they stay. Files outside of the store, transactions and lists that were downloaded, are yours to clean. From now on the customer is left out of every file that is read for this store.");
        session.Answer(new EraseAnswer(receipt.WasInBook, receipt.Contacts, receipt.Outcomes, receipt.Segments.Count, receipt.Campaigns, receipt.Uploads));
        return ExitCode.Done;
    }
}

/// <summary><c>erase --json</c>; without the id, which nobody wants in a log.</summary>
/// <param name="WasInBook">Whether the customer was in the book.</param>
/// <param name="Contacts">Contacts that were taken away.</param>
/// <param name="Outcomes">Reported transactions and kept forecasts that were taken away.</param>
/// <param name="Segments">Segments that named the customer and were removed.</param>
/// <param name="Campaigns">Campaigns in which another name stands for the customer now.</param>
/// <param name="Uploads">Uploaded files that were removed.</param>
internal sealed record EraseAnswer(bool WasInBook, int Contacts, int Outcomes, int Segments, IReadOnlyList<string> Campaigns, int Uploads);
