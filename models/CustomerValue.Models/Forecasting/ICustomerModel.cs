using CustomerValue.Data.Windows;
using CustomerValue.Models.Formulas;
using CustomerValue.Models.Snapshots;
using CustomerValue.Models.Store;

namespace CustomerValue.Models.Forecasting;

/// <summary>A fitted model of churn, purchases and spend: immutable, safe to use from many threads.</summary>
public interface ICustomerModel
{
    /// <summary>Name of the candidate, for example <c>bg-nbd</c>.</summary>
    string Name { get; }

    /// <summary>The model introducing itself in one line: name, data, parameters, fit.</summary>
    string Description { get; }

    /// <summary>
    /// How far an answer, relative to its size, may lie from the one the model gave when it was saved: what the arithmetic of the engine that answers allows. Default 1e-9;
    /// an engine of single precision states more.
    /// </summary>
    double Tolerance => 1e-9;

    /// <summary>Forecasts every customer of a snapshot; one customer alone gets the same answer as in a batch.</summary>
    /// <param name="snapshot">Features at a cutoff; its outcomes are never looked at.</param>
    /// <param name="horizon">Days ahead; more never means fewer purchases.</param>
    Forecast Predict(Snapshot snapshot, Horizon horizon);

    /// <summary>How far season and growth alone move everyone's forecast spend at a day, in log; 0 for models that know neither.</summary>
    double LogSpendLevel(DateOnly asOf) => 0;

    /// <summary>What the model answers over the horizon of the columns, as arithmetic on them; null where it is no arithmetic.</summary>
    /// <param name="inputs">Where the formulas find their columns, and what gathers them.</param>
    /// <exception cref="NotSupportedException">It is, but not on this version's features.</exception>
    AnswerFormulas? Formulas(FormulaInputs inputs) => null;

    /// <summary>Writes the model as data-only files that <see cref="ICandidateTrainer.Read"/> restores.</summary>
    void Save(VersionWriter writer);
}
