using CustomerValue.Models.Store;
using CustomerValue.Training.Hosting;

namespace CustomerValue.Training.Inputs;

/// <summary>What a verb needs of a store before it starts.</summary>
internal static class StoreGuard
{
    /// <summary>The version that serves.</summary>
    /// <exception cref="ModelStoreException">None does.</exception>
    public static string Champion(ModelStore store) => store.Champion
        ?? throw new ModelStoreException(store.Versions.Count == 0
            ? $"Model store {store.Folder} is empty, expected a promoted model. Run train first, or give another --store."
            : $"Model store {store.Folder} has {store.Versions.Count} version(s) and no champion. Promote one: {ProgramName.Command($"models promote {store.Versions[^1]}")}");
}
