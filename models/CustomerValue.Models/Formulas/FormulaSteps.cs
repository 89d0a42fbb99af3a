using CustomerValue.Boosting;

namespace CustomerValue.Models.Formulas;

/// <summary>Formulas as steps one after another, each told once: the same arithmetic on the same steps is one step.</summary>
public sealed class FormulaSteps
{
    private readonly List<FormulaStep> _steps = [];
    private readonly Dictionary<Formula, int> _places = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<Booster, int> _boosters = new(ReferenceEqualityComparer.Instance);

    /// <summary>The steps of some formulas; no step stands before one that it needs.</summary>
    public static (IReadOnlyList<FormulaStep> Steps, int[] Results) Of(params Formula[] formulas)
    {
        FormulaSteps steps = new();
        int[] results = [.. formulas.Select(steps.PlaceOf)];
        return (steps._steps, results);
    }

    private int PlaceOf(Formula formula)
    {
        if (_places.TryGetValue(formula, out int known))
            return known;
        Formula[] needs = [.. formula switch { OperationFormula operation => operation.Of, TreesFormula trees => trees.Features, _ => [] }];
        int[] operands = [.. needs.Select(PlaceOf)];
        string key = formula switch
        {
            NumberFormula number => FormattableString.Invariant($"number {number.Value:R}"),
            InputFormula input => $"input {input.Input.Name}",
            OperationFormula operation => $"{operation.Operation} {string.Join(' ', operands)}",
            TreesFormula trees => $"trees {Number(trees.Booster)} {string.Join(' ', operands)}",
            DayFormula day => FormattableString.Invariant($"day {day.First.DayNumber} {string.Join(' ', day.Values)}"),
            _ => throw new NotSupportedException(formula.GetType().Name),
        };
        if (!_known.TryGetValue(key, out int place))
        {
            place = _known[key] = _steps.Count;
            _steps.Add(new FormulaStep(formula, operands));
        }
        return _places[formula] = place;
    }

    private int Number(Booster booster) => _boosters.TryGetValue(booster, out int number) ? number : _boosters[booster] = _boosters.Count;
}

/// <summary>One step.</summary>
/// <param name="Formula">What it is; its own parts are told by the operands.</param>
/// <param name="Operands">The steps it needs, by their numbers.</param>
public sealed record FormulaStep(Formula Formula, IReadOnlyList<int> Operands);
