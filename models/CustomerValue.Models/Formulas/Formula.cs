using CustomerValue.Boosting;

namespace CustomerValue.Models.Formulas;

/// <summary>One number a customer, told as arithmetic on columns: what an engine that knows nothing of this house needs in order to answer as a model does.</summary>
/// <remarks>Double precision throughout. Parts that are used twice are one object, so that whoever writes a formula down can write them once.</remarks>
public abstract class Formula
{
    private protected Formula()
    {
    }

    /// <summary>A constant.</summary>
    public static implicit operator Formula(double value) => new NumberFormula(value);

    /// <summary>Sum.</summary>
    public static Formula operator +(Formula left, Formula right) => Apply(FormulaOperation.Add, left, right);

    /// <summary>Difference.</summary>
    public static Formula operator -(Formula left, Formula right) => Apply(FormulaOperation.Subtract, left, right);

    /// <summary>Product.</summary>
    public static Formula operator *(Formula left, Formula right) => Apply(FormulaOperation.Multiply, left, right);

    /// <summary>Quotient.</summary>
    public static Formula operator /(Formula left, Formula right) => Apply(FormulaOperation.Divide, left, right);

    /// <summary>Natural logarithm.</summary>
    internal static Formula Log(Formula of) => Apply(FormulaOperation.Log, of);

    /// <summary>Exponential.</summary>
    internal static Formula Exp(Formula of) => Apply(FormulaOperation.Exp, of);

    /// <summary>Square root.</summary>
    internal static Formula Sqrt(Formula of) => Apply(FormulaOperation.Sqrt, of);

    /// <summary>The smaller one.</summary>
    internal static Formula Min(Formula left, Formula right) => Apply(FormulaOperation.Min, left, right);

    /// <summary>The larger one.</summary>
    internal static Formula Max(Formula left, Formula right) => Apply(FormulaOperation.Max, left, right);

    /// <summary>Held within two bounds; the lower one wins where they cross.</summary>
    internal static Formula Within(Formula of, Formula least, Formula most) => Max(Min(of, most), least);

    /// <summary>Rounded to single precision.</summary>
    internal static Formula Single(Formula of) => Apply(FormulaOperation.Single, of);

    /// <summary>One formula where a number is above another, else a second one; NaN is above nothing.</summary>
    internal static Formula WhereAbove(Formula number, Formula bound, Formula then, Formula otherwise) => Apply(FormulaOperation.WhereAbove, number, bound, then, otherwise);

    /// <summary>One formula where a number is NaN, else a second one.</summary>
    internal static Formula WhereMissing(Formula number, Formula then, Formula otherwise) => Apply(FormulaOperation.WhereMissing, number, then, otherwise);

    /// <summary>The probability that log-odds stand for.</summary>
    internal static Formula Probability(Formula logit) => 1 / (1 + Exp(0 - logit));

    /// <summary>Log-odds of a probability that is held a little way from either end.</summary>
    internal static Formula LogitInside(Formula probability, double least)
    {
        Formula inside = Within(probability, least, 1 - least);
        return Log(inside / (1 - inside));
    }

    private static OperationFormula Apply(FormulaOperation operation, params Formula[] of) => new(operation, of);
}

/// <summary>What an <see cref="OperationFormula"/> does with its operands.</summary>
public enum FormulaOperation
{
    /// <summary>a + b.</summary>
    Add,

    /// <summary>a - b.</summary>
    Subtract,

    /// <summary>a b.</summary>
    Multiply,

    /// <summary>a / b.</summary>
    Divide,

    /// <summary>Natural logarithm of a.</summary>
    Log,

    /// <summary>Exponential of a.</summary>
    Exp,

    /// <summary>Square root of a.</summary>
    Sqrt,

    /// <summary>The smaller one of a and b.</summary>
    Min,

    /// <summary>The larger one of a and b.</summary>
    Max,

    /// <summary>a rounded to single precision.</summary>
    Single,

    /// <summary>c where a is above b, else d; NaN is above nothing.</summary>
    WhereAbove,

    /// <summary>b where a is NaN, else c.</summary>
    WhereMissing,
}

/// <summary>A constant.</summary>
/// <param name="value">Its value.</param>
public sealed class NumberFormula(double value) : Formula
{
    /// <summary>Its value.</summary>
    public double Value => value;
}

/// <summary>A column of numbers, or the codes of a column of categories.</summary>
/// <param name="input">The column.</param>
public sealed class InputFormula(FormulaInput input) : Formula
{
    /// <summary>The column.</summary>
    public FormulaInput Input => input;
}

/// <summary>A number that depends on the day as of which is answered, and on nothing else.</summary>
/// <param name="first">The first day it is known for.</param>
/// <param name="values">Its value at that day and at each one after it; NaN outside.</param>
public sealed class DayFormula(DateOnly first, IReadOnlyList<double> values) : Formula
{
    /// <summary>The first day it is known for.</summary>
    public DateOnly First => first;

    /// <summary>Its value at that day and at each one after it.</summary>
    public IReadOnlyList<double> Values => values;
}

/// <summary>The raw score of trees, from their own start or, where rows bring base margins, from 0.</summary>
/// <param name="booster">The trees.</param>
/// <param name="features">What they ask for, a formula a feature in their order: numbers of single precision, codes of levels; NaN is missing.</param>
public sealed class TreesFormula(Booster booster, IReadOnlyList<Formula> features) : Formula
{
    /// <summary>The trees.</summary>
    public Booster Booster => booster;

    /// <summary>What they ask for, in the order of their features.</summary>
    public IReadOnlyList<Formula> Features => features;
}

/// <summary>Arithmetic.</summary>
/// <param name="operation">What is done.</param>
/// <param name="of">With what.</param>
public sealed class OperationFormula(FormulaOperation operation, IReadOnlyList<Formula> of) : Formula
{
    /// <summary>What is done.</summary>
    public FormulaOperation Operation => operation;

    /// <summary>With what.</summary>
    public IReadOnlyList<Formula> Of => of;
}
