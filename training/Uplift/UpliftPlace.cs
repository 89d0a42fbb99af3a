using CustomerValue.Decisions.Uplift;
using CustomerValue.Models.Store;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Uplift;

/// <summary>Where an uplift model lies that people name: in the store, or in a file.</summary>
internal static class UpliftPlace
{
    /// <summary>The model of a name in the store, or of a file where the store has none of that name.</summary>
    /// <exception cref="ModelStoreException">There is neither, or it was changed after it was written.</exception>
    public static UpliftModel Load(string named, ModelStore store, CommandEnvironment environment)
    {
        UpliftShelf shelf = new(store.Folder);
        string file = environment.PathOf(named);
        return shelf.Has(named) || (UpliftShelf.IsName(named) && !File.Exists(file)) ? shelf.Load(named) : UpliftFile.Load(file);
    }
}
