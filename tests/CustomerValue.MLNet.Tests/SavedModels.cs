using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Store;

namespace CustomerValue.MLNet.Tests;

/// <summary>Versions that hold the files of one model and nothing else.</summary>
internal static class SavedModels
{
    /// <summary>Publishes a model.</summary>
    public static VersionReader Publish(string folder, ICustomerModel model) => Publish(folder, model.Name, model.Save);

    /// <summary>Publishes the files of another version, one of them changed: hashes are right, the content is not.</summary>
    public static VersionReader Change(string folder, VersionReader original, string name, Func<byte[], byte[]> change) => Publish(folder, original.Manifest.Model, writer =>
    {
        foreach (StoredFile file in ModelStore.ModelFiles(original.Manifest))
            writer.Write(file.Name, file.Name == name ? change(original.Read(file.Name)) : original.Read(file.Name));
    });

    private static VersionReader Publish(string folder, string name, Action<VersionWriter> write)
    {
        ModelStore store = new(folder, TimeProvider.System);
        Manifest manifest = store.Publish(writer =>
        {
            write(writer);
            return new Manifest
            {
                Format = Manifest.CurrentFormat,
                Version = "",
                Created = default,
                Product = "tests",
                Model = name,
                Description = "",
                ModelHash = "",
                Cutoff = AttributedShop.Input.Cutoff,
                HorizonDays = AttributedShop.Input.Horizon.Days,
                Options = new Dictionary<string, string>(),
                Data = CustomerValue.Models.Versions.VersionPublisher.Fingerprint(AttributedShop.Input.Log),
                FeatureSchemaHash = AttributedShop.Input.Builder.Schema.Hash,
                Evaluation = null,
                Findings = [],
                Files = [],
            };
        });
        return store.Open(manifest.Version);
    }
}
