using CustomerValue.CustomerBook;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;
using CustomerValue.Training.Hosting;
using CustomerValue.Training.Inputs;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Doctor;

/// <summary>Whether the model store can be written and its champion serves, and whether the customer book fits it.</summary>
internal static class StoreChecks
{
    public static IEnumerable<DoctorCheck> All(ModelStore store)
    {
        yield return Writable(store.Folder);
        IReadOnlyList<string> versions = store.Versions;
        yield return versions.Count == 0
            ? new DoctorCheck("versions", CheckState.Note, "none yet", "Run train, or demo.")
            : new DoctorCheck("versions", CheckState.Fine, $"{versions.Count}, the latest {versions[^1]}");
        yield return Champion(store, versions);
    }

    public static async Task<DoctorCheck> OfBookAsync(CustomerBookDatabase book, ModelStore store, CancellationToken cancellation)
    {
        try
        {
            BookHeader? header = await book.HeaderAsync(cancellation);
            return header is null ? new DoctorCheck("customer book", CheckState.Note, $"{book.Place}: not written yet", "Run train or score.")
                : header.ModelVersion != store.Champion ? new DoctorCheck("customer book", CheckState.Note,
                    $"{book.Place}: {Figures.Count(header.Customers)} customers as of {Figures.Day(header.AsOf)}, scored by {header.ModelVersion}", "The champion is another version: run score to renew the book.")
                : new DoctorCheck("customer book", CheckState.Fine, $"{book.Place}: {Figures.Count(header.Customers)} customers as of {Figures.Day(header.AsOf)}");
        }
        catch (CustomerBookException error)
        {
            return new DoctorCheck("customer book", CheckState.Broken, error.Message);
        }
    }

    private static DoctorCheck Champion(ModelStore store, IReadOnlyList<string> versions)
    {
        if (store.Champion is not { } champion)
            return new DoctorCheck("champion", CheckState.Note, "none", versions.Count == 0 ? "Run train, or demo." : $"Promote one: {ProgramName.Command($"models promote {versions[^1]}")}");
        try
        {
            VersionReader reader = store.Open(champion);
            ScoringModel.Load(reader, Entrants.Catalogue);
            return new DoctorCheck("champion", CheckState.Fine, $"{champion}: {reader.Manifest.Model}, every file as published, golden histories score as they did");
        }
        catch (ModelStoreException error)
        {
            return new DoctorCheck("champion", CheckState.Broken, error.Message, $"Or roll back: {ProgramName.Command("models rollback")}");
        }
    }

    private static DoctorCheck Writable(string folder)
    {
        string existing = folder;
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
            existing = parent;
        try
        {
            string probe = Path.Combine(existing, $".probe-{Path.GetRandomFileName()}");
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
            {
            }
            long free = new DriveInfo(existing).AvailableFreeSpace;
            return new DoctorCheck("store", CheckState.Fine, $"{folder}: {(existing == folder ? "writable" : "will be made")}, {Figures.Bytes(free)} free");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new DoctorCheck("store", CheckState.Broken, $"{folder}: {error.Message}", "Give write access, or another --store.");
        }
    }
}
