using CustomerValue.Boosting;
using CustomerValue.MLNet.LightGbm.Trainers;
using CustomerValue.MLNet.LightGbm.Trees;
using CustomerValue.MLNet.Views;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace CustomerValue.MLNet.LightGbm;

/// <summary>Boosting that starts from a prior's answer for each row, as a trainer of ML.NET: it learns with the house's booster, and what it gives is a chain of ML.NET's own parts.</summary>
/// <remarks>
/// The chain's first prediction transformer is ML.NET's LightGBM model with the trees, so contributions of features and permutation importance take it as they take any other; then comes an expression that adds the
/// prior and applies the link. It saves into a zip that loads without any assembly of this house. LightGBM's native part is not used.
/// </remarks>
public sealed class PriorBoostedTreesEstimator : IEstimator<TransformerChain<ITransformer>>
{
    private const string Score = "Score", Raw = "Score.raw";

    private readonly bool _binary;
    private readonly string _label, _features;
    private readonly string? _prior;
    private readonly BoosterOptions _options;
    private readonly Link _link;

    internal PriorBoostedTreesEstimator(bool binary, string label, string features, string? prior, BoosterOptions options)
    {
        _binary = binary;
        _label = label;
        _features = features;
        _prior = prior;
        _options = options;
        _link = Link.Of(options.Objective);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A column is not there or of another type.</exception>
    /// <exception cref="InvalidTrainingDataException">The labels do not suit the objective.</exception>
    public TransformerChain<ITransformer> Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Booster booster = BoosterTrainer.Fit(TrainingColumns.Read(input, _features, _label, _prior, _link.Margin), _options).Model;
        MLContext context = new(_options.Seed);
        Links chain = new(new SchemaOnly(input.Schema));
        LightGbmTrees.AddScore(context, chain, booster, _features);
        chain.Add(context.Transforms.CopyColumns(Raw, Score));
        string[] columns = _prior is null ? [Raw] : [Raw, _prior];
        string raw = _prior is null ? "double(raw)" : $"double(raw) + {_link.MarginText("double(prior)")}", arguments = _prior is null ? "raw" : "(raw, prior)";
        chain.Add(context.Transforms.Expression(Score, $"{arguments} : single({(_binary ? raw : _link.ResponseText(raw))})", columns));
        if (_binary)
        {
            chain.Add(context.Transforms.Expression("Probability", $"{arguments} : single({_link.ResponseText(raw)})", columns));
            chain.Add(context.Transforms.Expression("PredictedLabel", "score : score > 0f", Score));
        }
        chain.Add(context.Transforms.DropColumns(Raw));
        return chain.Chain();
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        // The shape of a column cannot be made, only had from an estimator that gives the same.
        MLContext context = new();
        return _binary ? context.BinaryClassification.Trainers.LightGbm(_label, _features).GetOutputSchema(inputSchema) : context.Regression.Trainers.LightGbm(_label, _features).GetOutputSchema(inputSchema);
    }
}
