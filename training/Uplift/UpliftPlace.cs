using CustomerValue.Decisions.Uplift;
using CustomerValue.Models.Store;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Uplift;

/// <summary>Where an uplift model lies that people name: a file, or by its name in the store.</summary>
internal static class UpliftPlace
{
    /// <summary>The model of a file, or of a name in the store where there is no such file.</summary>
    /// <exception cref="ModelStoreException">There is neither, or it was changed after it was written.</exception>
    public static UpliftModel Load(string named, ModelStore store, CommandEnvironment environment)
    {
        string file = environment.PathOf(named);
        return !UpliftShelf.IsName(named) || File.Exists(file) ? UpliftFile.Load(file) : new UpliftShelf(store.Folder).Load(named);
    }
}
