using System.Globalization;
using CustomerValue.MLNet.LightGbm.Trees;
using CustomerValue.MLNet.Serving;
using CustomerValue.MLNet.Views;
using CustomerValue.Models.Formulas;
using CustomerValue.Models.Snapshots;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace CustomerValue.MLNet.LightGbm.Formulas;

/// <summary>Formulas as a chain of ML.NET's own transformers: expressions for arithmetic, its LightGBM model for trees, a mapping of values for the day.</summary>
/// <remarks>ML.NET's expressions have five arguments at most: parts that would need more, and parts that are used twice, become columns, which are dropped at the end.</remarks>
internal sealed class FormulaChain
{
    private const int MostColumns = 5;

    private readonly MLContext _context;
    private readonly Links _chain;
    private readonly IReadOnlyList<FormulaStep> _steps;
    private readonly ExpressionText[] _texts;
    private readonly int[] _uses;
    private readonly string _any;
    private readonly List<string> _own = [];

    private FormulaChain(MLContext context, VersionFormulas formulas, IReadOnlyList<FormulaStep> steps, int[] results)
    {
        _context = context;
        _chain = new(new SchemaOnly(FormulaViews.SchemaOf(formulas)));
        _steps = steps;
        _texts = new ExpressionText[steps.Count];
        _uses = new int[steps.Count];
        foreach (int used in steps.SelectMany(step => step.Operands).Concat(results))
            _uses[used]++;
        _any = formulas.Inputs.First(input => input.Kind is FormulaInputKind.Feature or FormulaInputKind.Number).Name;
    }

    /// <summary>The chain from a version's columns to <see cref="PipelinePrediction"/>.</summary>
    public static TransformerChain<ITransformer> Of(MLContext context, VersionFormulas formulas)
    {
        (IReadOnlyList<FormulaStep> steps, int[] results) = FormulaSteps.Of(formulas.Answers.Churn, formulas.Answers.Purchases, formulas.Answers.Spend);
        FormulaChain chain = new(context, formulas, steps, results);
        for (int i = 0; i < steps.Count; i++)
            chain.Add(i);
        string[] answers = [nameof(PipelinePrediction.ChurnProbability), nameof(PipelinePrediction.ExpectedPurchases), nameof(PipelinePrediction.ExpectedSpend)];
        for (int i = 0; i < answers.Length; i++)
            chain.AddColumn(answers[i], chain._texts[results[i]], code => $"single({code})");
        chain._chain.Add(context.Transforms.DropColumns([.. chain._own]));
        return chain._chain.Chain();
    }

    private void Add(int place)
    {
        FormulaStep step = _steps[place];
        switch (step.Formula)
        {
            case NumberFormula number:
                _texts[place] = new(Text.Double(number.Value), []);
                break;
            case InputFormula { Input.Kind: FormulaInputKind.Number } input:
                _texts[place] = ExpressionText.Column(input.Input.Name);
                break;
            case InputFormula input:
                _texts[place] = ExpressionText.Widened(input.Input.Name);
                break;
            case DayFormula day:
                _texts[place] = ExpressionText.Column(AddDay(day));
                break;
            case TreesFormula trees:
                _texts[place] = ExpressionText.Widened(AddTrees(trees, step.Operands));
                break;
            case OperationFormula operation:
                _texts[place] = Combined(operation.Operation, step.Operands);
                if (_uses[place] > 1 && _texts[place].Columns.Count > 0)
                    Settle(place);
                break;
        }
    }

    /// <summary>An operation; operands become columns, the widest first, until few enough are named.</summary>
    private ExpressionText Combined(FormulaOperation operation, IReadOnlyList<int> operands)
    {
        for (; ; )
        {
            ExpressionText whole = ExpressionText.Of(operation, [.. operands.Select(operand => _texts[operand])]);
            if (whole.Columns.Count <= MostColumns)
                return whole;
            Settle(operands.MaxBy(operand => _texts[operand].Columns.Count));
        }
    }

    /// <summary>Makes a column of a part.</summary>
    private void Settle(int place)
    {
        string name = NewColumn("part");
        AddColumn(name, _texts[place], code => code);
        _texts[place] = ExpressionText.Column(name);
    }

    private void AddColumn(string name, ExpressionText text, Func<string, string> of)
    {
        (string expression, string[] columns) = text.Finish(_any, of);
        _chain.Add(_context.Transforms.Expression(name, expression, columns));
    }

    private string AddDay(DayFormula day)
    {
        string name = NewColumn("day");
        _chain.Add(_context.Transforms.Conversion.MapValue(name,
            day.Values.Select((value, i) => new KeyValuePair<DateTime, double>(day.First.AddDays(i).ToDateTime(TimeOnly.MinValue), value)), SnapshotNames.Cutoff));
        return name;
    }

    private string AddTrees(TreesFormula trees, IReadOnlyList<int> operands)
    {
        string name = NewColumn("trees"), vector = NewColumn("features");
        string[] slots = [.. trees.Features.Select((feature, f) => feature is InputFormula input ? input.Input.Kind == FormulaInputKind.Category ? OneHot(input.Input) : input.Input.Name : AsSingle(operands[f]))];
        _chain.Add(_context.Transforms.Concatenate(vector, slots));
        LightGbmTrees.AddScore(_context, _chain, trees.Booster, vector);
        _chain.Add(_context.Transforms.CopyColumns(name, "Score"));
        Own("Score");
        Own(vector + ".scaled");
        return name;
    }

    private string OneHot(FormulaInput input)
    {
        string name = "levels." + input.Name;
        if (_own.Contains(name))
            return name;
        Own(name);
        _chain.Add(_context.Transforms.Conversion.MapKeyToVector(name, input.Name));
        return name;
    }

    private string AsSingle(int place)
    {
        string name = NewColumn("feature");
        AddColumn(name, _texts[place], code => $"single({code})");
        return name;
    }

    private string NewColumn(string kind)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{kind}.{_own.Count}");
        _own.Add(name);
        return name;
    }

    private void Own(string name)
    {
        if (!_own.Contains(name) && (_chain.Schema.GetColumnOrNull(name) is not null || name.StartsWith("levels.", StringComparison.Ordinal)))
            _own.Add(name);
    }
}
