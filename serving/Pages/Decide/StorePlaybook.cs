using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Files;
using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Decisions.Versions;
using CustomerValue.Models.Store;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Models;

namespace CustomerValue.Serving.Pages.Decide;

/// <summary>The playbook that pages decide by: the one that was edited here, a file in the store, else the one of the version that serves.</summary>
internal sealed class StorePlaybook(ModelStore store, Champion champion)
{
    private volatile Entry? _entry;

    private string File => Path.Combine(store.Folder, DecisionsOfVersion.PlaybookFile);

    /// <summary>The playbook; null where none was edited and no version that serves carries one.</summary>
    /// <exception cref="ProblemException">The file in the store was changed by hand and cannot be used.</exception>
    public ChosenPlaybook? Current
    {
        get
        {
            DecisionsOfVersion? own = champion.Current?.Decisions;
            FileInfo file = new(File);
            if (!file.Exists)
                return own is null ? null : new ChosenPlaybook(own.Playbook, own.NewCustomerValue, IsEdited: false);
            if (_entry is not { } known || known.Written != file.LastWriteTimeUtc || known.Bytes != file.Length)
                _entry = known = new Entry(file.LastWriteTimeUtc, file.Length, PlaybookReader.Read(File, DecisionCustomers.ScoredColumns));
            return new ChosenPlaybook(known.Playbook, own?.NewCustomerValue, IsEdited: true);
        }
    }

    /// <summary>Keeps a playbook where it can be used.</summary>
    /// <param name="text">Its JSON.</param>
    /// <returns>What is wrong with it and where; null where it was kept.</returns>
    public string? Save(string text)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
        try
        {
            PlaybookReader.Parse(bytes, DecisionsOfVersion.PlaybookFile, DecisionCustomers.ScoredColumns);
            WholeFile.Write(File, bytes, FileReaders.Anyone);
            return null;
        }
        catch (BadDataException error)
        {
            return error.Message;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return StorePath.Hidden(error.Message, store);
        }
    }

    /// <summary>Goes back to the playbook of the version.</summary>
    public void Forget() => System.IO.File.Delete(File);

    private sealed record Entry(DateTime Written, long Bytes, ActionPlaybook Playbook);
}

/// <summary>A playbook to decide by.</summary>
/// <param name="Playbook">The actions.</param>
/// <param name="NewCustomerValue">What a new customer is worth by the version; null where it does not say.</param>
/// <param name="IsEdited">Whether it was edited here.</param>
internal sealed record ChosenPlaybook(ActionPlaybook Playbook, double? NewCustomerValue, bool IsEdited);
