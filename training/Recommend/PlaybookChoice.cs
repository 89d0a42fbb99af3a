using CustomerValue.Decisions.Customers;
using CustomerValue.Decisions.Deciding;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Decisions.Versions;
using CustomerValue.Models.Store;

namespace CustomerValue.Training.Recommend;

/// <summary>The playbook of a run: the one given, else the version's, else the one that comes with the program.</summary>
/// <param name="Playbook">The actions.</param>
/// <param name="NewCustomerValue">What a new customer is worth by the version; null where it does not say.</param>
internal sealed record PlaybookChoice(ActionPlaybook Playbook, double? NewCustomerValue)
{
    /// <summary>Reads it. Done before anything is scored: a mistake in it should not cost a run.</summary>
    /// <exception cref="Data.Diagnostics.BadDataException">The file cannot be used.</exception>
    /// <param name="file">The one given, or null.</param>
    /// <param name="version">The version; null where none serves.</param>
    /// <exception cref="ModelStoreException">The version is damaged.</exception>
    public static PlaybookChoice Of(string? file, VersionReader? version)
    {
        DecisionsOfVersion? own = version is null ? null : DecisionsOfVersion.Load(version);
        return new PlaybookChoice(file is not null ? PlaybookReader.Read(file, DecisionCustomers.ScoredColumns) : own?.Playbook ?? PlaybookReader.Default(DecisionCustomers.ScoredColumns), own?.NewCustomerValue);
    }

    /// <summary>Options of a decision by a strategy: where it is not the version's own, the base of this run says what a new customer is worth.</summary>
    public DecisionOptions On(DecisionOptions options, RecommendOutcome outcome) => options with { NewCustomerValue = outcome.OfVersion ? NewCustomerValue : null };
}
