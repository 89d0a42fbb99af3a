using CustomerValue.Models.Formulas;

namespace CustomerValue.MLNet.LightGbm.Formulas;

/// <summary>A part of an expression of ML.NET, and the columns it names.</summary>
/// <param name="Code">The text; columns stand as <c>{name}</c>.</param>
/// <param name="Columns">The columns.</param>
internal sealed record ExpressionText(string Code, IReadOnlyList<string> Columns)
{
    /// <summary>A column of double precision.</summary>
    public static ExpressionText Column(string name) => new($"{{{name}}}", [name]);

    /// <summary>A column of single precision, as double.</summary>
    public static ExpressionText Widened(string name) => new($"double({{{name}}})", [name]);

    /// <summary>An operation on parts.</summary>
    public static ExpressionText Of(FormulaOperation operation, IReadOnlyList<ExpressionText> of)
    {
        string a = of[0].Code, b = of.Count > 1 ? of[1].Code : "", c = of.Count > 2 ? of[2].Code : "", d = of.Count > 3 ? of[3].Code : "";
        string code = operation switch
        {
            FormulaOperation.Add => $"({a} + {b})",
            FormulaOperation.Subtract => $"({a} - {b})",
            FormulaOperation.Multiply => $"({a} * {b})",
            FormulaOperation.Divide => $"({a} / {b})",
            FormulaOperation.Log => $"log({a})",
            FormulaOperation.Exp => $"exp({a})",
            FormulaOperation.Sqrt => $"sqrt({a})",
            FormulaOperation.Min => $"min({a}, {b})",
            FormulaOperation.Max => $"max({a}, {b})",
            FormulaOperation.Single => $"double(single({a}))",
            FormulaOperation.WhereAbove => $"({a} > {b} ? {c} : {d})",
            FormulaOperation.WhereMissing => $"(isna({a}) ? {b} : {c})",
            _ => throw new NotSupportedException(operation.ToString()),
        };
        return new(code, [.. of.SelectMany(part => part.Columns).Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>The whole expression: names of its arguments, and what is made of them.</summary>
    /// <param name="any">A column to name where it names none, for ML.NET wants one.</param>
    /// <param name="of">From the part to what is answered.</param>
    public (string Expression, string[] Columns) Finish(string any, Func<string, string> of)
    {
        string[] columns = Columns.Count > 0 ? [.. Columns] : [any];
        string code = Code;
        for (int i = 0; i < columns.Length; i++)
            code = code.Replace($"{{{columns[i]}}}", $"a{i}", StringComparison.Ordinal);
        return ($"({string.Join(", ", columns.Select((_, i) => $"a{i}"))}) : {of(code)}", columns);
    }
}
