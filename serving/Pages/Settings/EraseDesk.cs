using CustomerValue.CustomerBook;
using CustomerValue.CustomerBook.Erasure;
using CustomerValue.CustomerBook.Work;
using CustomerValue.Models.Store;
using CustomerValue.Serving.Pages.Campaigns;
using CustomerValue.Serving.Security;

namespace CustomerValue.Serving.Pages.Settings;

/// <summary>Erases a customer everywhere, and writes down that it was done and not of whom.</summary>
internal sealed class EraseDesk(ModelStore store, CustomerBookDatabase book, WorkDatabase work, CampaignDesk campaigns, Audit audit)
{
    public async Task<Erased> EraseAsync(HttpContext context, string customer)
    {
        // Not to be broken off half-way by a visitor who leaves.
        ErasureReceipt receipt = await new CustomerErasure(store.Folder, book, work).EraseAsync(customer, CancellationToken.None);
        IReadOnlyList<string> drawn = campaigns.Folder.Erase(customer, receipt.Alias);
        await audit.WriteAsync(context, "erase customer", $"{receipt.Alias}; contacts {receipt.Contacts}, segments {receipt.Segments.Count}, campaigns {drawn.Count}");
        return new Erased(receipt, drawn);
    }
}

/// <summary>What an erasure took away.</summary>
internal sealed record Erased(ErasureReceipt Receipt, IReadOnlyList<string> Campaigns);
