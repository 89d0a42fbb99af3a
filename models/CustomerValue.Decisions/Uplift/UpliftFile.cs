using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerValue.Boosting;
using CustomerValue.Data.Files;
using CustomerValue.Models.Store;

namespace CustomerValue.Decisions.Uplift;

/// <summary>
/// An uplift model in one file: an archive of boosters (data only), <c>card.json</c>, a manifest with length and SHA-256 of each, and a seal, the manifest's own SHA-256. The same model
/// gives the same bytes. Nothing is interpreted before its hash was checked.
/// </summary>
public static class UpliftFile
{
    private const string CardName = "card.json", ManifestName = "manifest.json", SealName = "manifest.sha256";
    private const long MostBytes = 1L << 30;
    private static readonly DateTimeOffset s_noTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes a model, replacing an earlier file when whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The model.</param>
    public static void Save(string path, UpliftModel model) => WholeFile.Write(path, Bytes(model));

    /// <summary>Reads a model.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelStoreException">There is none, or it was changed after it was written.</exception>
    public static UpliftModel Load(string path)
    {
        try
        {
            using ZipArchive archive = new(new MemoryStream(File.ReadAllBytes(path)), ZipArchiveMode.Read);
            byte[] manifest = Read(archive, ManifestName, MostBytes);
            if (Convert.ToHexStringLower(SHA256.HashData(manifest)) != Encoding.ASCII.GetString(Read(archive, SealName, 64)))
                throw new InvalidDataException("the manifest does not have the SHA-256 of its seal");
            Dictionary<string, StoredFile> files = Json<StoredFile[]>(manifest).ToDictionary(file => file.Name, StringComparer.Ordinal);
            UpliftCard card = Json<UpliftCard>(Checked(archive, files, CardName));
            if (card.Format != 1)
                throw new InvalidDataException($"format {card.Format}, expected 1");
            return new UpliftModel(card, Trees(card, name => files.ContainsKey(name) ? Load(Checked(archive, files, name)) : null));
        }
        catch (Exception error) when (error is InvalidDataException or JsonException or InvalidModelException or IOException or UnauthorizedAccessException or ArgumentException or IndexOutOfRangeException)
        {
            throw new ModelStoreException($"{path}: found no whole uplift model ({error.Message.TrimEnd('.')}), expected the file that uplift train wrote; restore it, or train again.", error);
        }
    }

    private static byte[] Bytes(UpliftModel model)
    {
        List<(string Name, byte[] Content)> parts = [(CardName, JsonSerializer.SerializeToUtf8Bytes(model.Card, StoreJson.Options))];
        for (int k = 0; k < model.Trees.Outcomes.Count; k++)
        {
            Add($"outcome-{k}-chance.booster", model.Trees.Outcomes[k].Chance);
            Add($"outcome-{k}-amount.booster", model.Trees.Outcomes[k].Amount);
        }
        for (int k = 0; k < model.Trees.Effects.Count; k++)
            Add($"effect-{k}.booster", model.Trees.Effects[k]);
        byte[] manifest = JsonSerializer.SerializeToUtf8Bytes(parts.Select(part => new StoredFile(part.Name, part.Content.Length, Convert.ToHexStringLower(SHA256.HashData(part.Content)))), StoreJson.Options);
        parts.Add((ManifestName, manifest));
        parts.Add((SealName, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(manifest)))));
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach ((string name, byte[] content) in parts)
            {
                ZipArchiveEntry entry = archive.CreateEntry(name);
                entry.LastWriteTime = s_noTime;
                using Stream written = entry.Open();
                written.Write(content);
            }
        return stream.ToArray();

        void Add(string name, Booster? booster)
        {
            if (booster is null)
                return;
            using MemoryStream bytes = new();
            booster.Save(bytes);
            parts.Add((name, bytes.ToArray()));
        }
    }

    private static UpliftTrees Trees(UpliftCard card, Func<string, Booster?> read)
    {
        int arms = card.Arms.Count + 1;
        if (card.Shares.Count != arms)
            throw new InvalidDataException("shares of another number of arms");
        int outcomes = card.Learner switch { UpliftLearner.SLearner => 1, UpliftLearner.TLearner => arms, _ => 0 }, effects = outcomes > 0 ? 0 : card.Learner == UpliftLearner.XLearner ? 2 * (arms - 1) : arms - 1;
        return new UpliftTrees(card.Learner, arms, [.. card.Shares])
        {
            Outcomes = [.. Enumerable.Range(0, outcomes).Select(k => new OutcomeModel(read($"outcome-{k}-chance.booster"), read($"outcome-{k}-amount.booster")))
                .Select(model => model.Chance is null && model.Amount is null ? throw new InvalidDataException("no booster of an outcome") : model)],
            Effects = [.. Enumerable.Range(0, effects).Select(k => read($"effect-{k}.booster") ?? throw new InvalidDataException($"no booster of effect {k}"))],
        };
    }

    private static Booster Load(byte[] content)
    {
        using MemoryStream stream = new(content);
        return Booster.Load(stream);
    }

    private static byte[] Checked(ZipArchive archive, Dictionary<string, StoredFile> files, string name)
    {
        if (!files.TryGetValue(name, out StoredFile? file))
            throw new InvalidDataException($"no {name} in the manifest");
        byte[] content = Read(archive, name, file.Bytes);
        return content.Length == file.Bytes && Convert.ToHexStringLower(SHA256.HashData(content)) == file.Sha256 ? content
            : throw new InvalidDataException($"{name} does not have the SHA-256 of the manifest");
    }

    private static byte[] Read(ZipArchive archive, string name, long most)
    {
        ZipArchiveEntry entry = archive.GetEntry(name) ?? throw new InvalidDataException($"no {name}");
        if (entry.Length > Math.Min(most, MostBytes))
            throw new InvalidDataException($"{name} of {entry.Length} bytes, expected {most} at most");
        using Stream stream = entry.Open();
        byte[] content = new byte[entry.Length];
        stream.ReadExactly(content);
        return content;
    }

    private static T Json<T>(byte[] content) => JsonSerializer.Deserialize<T>(content, StoreJson.Options) ?? throw new InvalidDataException("null where a value was expected");
}
