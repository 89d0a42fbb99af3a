using CustomerValue.Boosting;
using CustomerValue.Models.Candidates;
using CustomerValue.Models.Forecasting;
using CustomerValue.Models.Formulas;

namespace CustomerValue.Training.Models;

/// <summary>What <c>models export --json</c> gives.</summary>
/// <param name="Version">The version.</param>
/// <param name="Format">What was written.</param>
/// <param name="HorizonDays">Days ahead that are answered.</param>
/// <param name="Files">The files.</param>
/// <param name="Inputs">Columns that the file asks for; null where trees alone were written.</param>
/// <param name="Trees">What each file of trees holds; null where the answers were written.</param>
internal sealed record ExportAnswer(string Version, string Format, int HorizonDays, IReadOnlyList<string> Files, IReadOnlyList<ExportedInput>? Inputs, IReadOnlyList<ExportedTrees>? Trees);

/// <summary>A column that a file asks for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Meaning">What it says.</param>
internal sealed record ExportedInput(string Name, FormulaInputKind Kind, string Meaning)
{
    public static ExportedInput Of(FormulaInput input) => new(input.Name, input.Kind, input.Meaning);
}

/// <summary>One target's trees.</summary>
/// <param name="File">The file.</param>
/// <param name="Candidate">The model they are of.</param>
/// <param name="Target">What they forecast.</param>
/// <param name="Trees">How many.</param>
/// <param name="StartsFromPrior">Whether the caller adds the prior's margin to the raw score.</param>
/// <param name="MoneyUnit">Of spend: money that counts as one, by which the exponential of the raw score is multiplied; else null.</param>
internal sealed record ExportedTrees(string File, string Candidate, Target Target, int Trees, bool StartsFromPrior, double? MoneyUnit)
{
    public static ExportedTrees Of(string file, BoostedModel model, Target target)
    {
        Booster trees = model.MeanOf(target);
        return new(file, model.Name, target, trees.Rounds, trees.ExpectsBaseMargins, target == Target.Spend ? model.MoneyUnit : null);
    }
}
