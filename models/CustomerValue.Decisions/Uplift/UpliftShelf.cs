using CustomerValue.Models.Store;

namespace CustomerValue.Decisions.Uplift;

/// <summary>The uplift models of a store, each by a name of its own: a sealed file (<see cref="UpliftFile"/>) that is never changed, so that a name always means the same effects.</summary>
/// <param name="store">Folder of the store.</param>
public sealed class UpliftShelf(string store)
{
    private const string Extension = ".uplift";

    /// <summary>Folder of the models, within the store.</summary>
    public string Folder { get; } = Path.Combine(store, "uplift");

    /// <summary>Names of the models, in order.</summary>
    public IReadOnlyList<string> Names => !Directory.Exists(Folder) ? [] : [.. Directory.EnumerateFiles(Folder, $"*{Extension}").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    /// <summary>Whether a text can name a model: letters, digits, dash and underscore.</summary>
    public static bool IsName(string text) => text.Length is > 0 and <= 100 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>Whether there is a model of that name.</summary>
    public bool Has(string name) => IsName(name) && File.Exists(PathOf(name));

    /// <summary>Puts a model on the shelf.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="model">The model.</param>
    /// <returns>Its file.</returns>
    /// <exception cref="ModelStoreException">The name is taken, or is no name.</exception>
    public string Add(string name, UpliftModel model)
    {
        CheckFree(name);
        Directory.CreateDirectory(Folder);
        UpliftFile.Save(PathOf(name), model);
        return PathOf(name);
    }

    /// <summary>Refuses a name before a model is learnt for it.</summary>
    /// <exception cref="ModelStoreException">The name is taken, or is no name.</exception>
    public void CheckFree(string name)
    {
        if (!IsName(name))
            throw new ModelStoreException($"Found '{name}' as name of an uplift model, expected letters, digits, dashes and underscores, at most 100.");
        if (File.Exists(PathOf(name)))
            throw new ModelStoreException($"Store {store} holds an uplift model '{name}' already, and decisions name it as the source of their effects; choose another name, such as {name}-2.");
    }

    /// <summary>Reads a model.</summary>
    /// <exception cref="ModelStoreException">There is none of that name, or it was changed after it was written.</exception>
    public UpliftModel Load(string name) => UpliftFile.Load(Has(name) ? PathOf(name)
        : throw new ModelStoreException($"Store {store} holds no uplift model '{name}'; there are {(Names.Count == 0 ? "none yet: run uplift train with --name first" : string.Join(", ", Names))}."));

    private string PathOf(string name) => Path.Combine(Folder, name + Extension);
}
