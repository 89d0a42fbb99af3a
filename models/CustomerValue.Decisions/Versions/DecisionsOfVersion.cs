using CustomerValue.Data.Diagnostics;
using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Gains;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Models.Store;
using CustomerValue.Strategy.Versions;

namespace CustomerValue.Decisions.Versions;

/// <summary>What decisions of a version rest on beside model and strategy: the playbook as it was given, and what a new customer is worth on the base it was trained on.</summary>
public sealed class DecisionsOfVersion
{
    /// <summary>Name of the playbook in a version's folder.</summary>
    public const string PlaybookFile = "playbook.json";

    private const string FactsFile = "decisions.json";

    private DecisionsOfVersion(ActionPlaybook playbook, double newCustomerValue) => (Playbook, NewCustomerValue) = (playbook, newCustomerValue);

    /// <summary>The actions.</summary>
    public ActionPlaybook Playbook { get; }

    /// <summary>What a referred customer is taken to be worth; money.</summary>
    public double NewCustomerValue { get; }

    /// <summary>Learns what a base says of new customers.</summary>
    /// <param name="playbook">The playbook, UTF-8 JSON.</param>
    /// <param name="name">What it is called in errors.</param>
    /// <param name="result">Values and strategies of the base.</param>
    /// <exception cref="BadDataException">The playbook cannot be used.</exception>
    public static DecisionsOfVersion Learn(byte[] playbook, string name, StrategyResult result) =>
        new(PlaybookReader.Parse(playbook, name, DecisionCustomers.ScoredColumns), new GainModel(DecisionCustomers.From(result)).NewCustomerValue);

    /// <summary>Writes them into a version that is being published.</summary>
    public void WriteTo(VersionWriter writer)
    {
        writer.Write(PlaybookFile, Playbook.Content.Span);
        writer.WriteJson(FactsFile, new Facts(NewCustomerValue));
    }

    /// <summary>The decisions of a version.</summary>
    /// <returns>Null where the version was trained before playbooks travelled with versions.</returns>
    /// <exception cref="ModelStoreException">A file is damaged or not what this program expects.</exception>
    public static DecisionsOfVersion? Load(VersionReader reader)
    {
        if (!reader.Manifest.Files.Any(file => file.Name == PlaybookFile))
            return null;
        byte[] bytes = reader.Read(PlaybookFile);
        try
        {
            return new DecisionsOfVersion(PlaybookReader.Parse(bytes, Path.Combine(reader.Folder, PlaybookFile), DecisionCustomers.ScoredColumns), reader.ReadJson<Facts>(FactsFile).NewCustomerValue);
        }
        catch (BadDataException error)
        {
            throw new ModelStoreException($"{error.Message} Train the version again.", error);
        }
    }

    private sealed record Facts(double NewCustomerValue);
}
