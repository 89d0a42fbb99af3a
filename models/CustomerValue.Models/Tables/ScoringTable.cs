using CustomerValue.Boosting;
using CustomerValue.Data.Diagnostics;

namespace CustomerValue.Models.Tables;

/// <summary>A table with the columns that a model expects; the other columns are carried along.</summary>
/// <param name="Model">The model.</param>
/// <param name="Text">The file.</param>
/// <param name="Data">The model's features.</param>
/// <param name="Carried">Places of the columns that the model does not know, such as an id.</param>
/// <param name="Findings">Doubts about the values.</param>
public sealed record ScoringTable(Booster Model, TextTable Text, BoostingData Data, IReadOnlyList<int> Carried, IReadOnlyList<Finding> Findings)
{
    /// <summary>Name of what the model predicts.</summary>
    public string ResponseName => NameOf(Model.Objective);

    /// <summary>What the raw score, to which contributions add up, is measured in.</summary>
    public string RawScale => Model.Objective == Objectives.Logistic ? "log odds"
        : Model.Objective == Objectives.SquaredError || Model.Objective.Name.StartsWith("quantile", StringComparison.Ordinal) ? "the label's unit" : "log of the mean";

    /// <summary>Reads a model and a file for it.</summary>
    /// <exception cref="BadDataException">Either cannot be used, or they do not go together.</exception>
    public static ScoringTable Load(string file, string modelFile, IProgress<StepProgress> progress, CancellationToken cancellation)
    {
        Booster model = LoadModel(modelFile);
        TextTable text = TextTable.Read(file, progress, cancellation);
        string[] absent = [.. model.Features.Select(feature => feature.Name).Where(name => text.Find(name) < 0)];
        if (absent.Length > 0)
            throw new BadDataException($"{file} line 1: found {text.Names.Count - (model.Features.Count - absent.Length)} columns that the model does not know and not {string.Join(", ", absent.Select(name => $"'{name}'"))}, expected the {model.Features.Count} columns of training.{text.Nearest(absent[0])} Give a table with the columns the model was trained with.");
        List<Finding> findings = [];
        BoostingData data = new([.. model.Features.Select(feature => TableColumnText.As(feature, text.Columns[text.Find(feature.Name)], findings))]);
        HashSet<string> features = [.. model.Features.Select(feature => feature.Name), NameOf(model.Objective)];
        return new(model, text, data, [.. Enumerable.Range(0, text.Names.Count).Where(column => !features.Contains(text.Names[column]))], findings);
    }

    private static string NameOf(Objective objective) => objective == Objectives.Logistic ? "probability" : "prediction";

    private static Booster LoadModel(string path)
    {
        Booster model;
        try
        {
            using FileStream stream = File.OpenRead(path);
            model = Booster.Load(stream);
        }
        catch (InvalidModelException error)
        {
            throw new BadDataException($"{path}: this is no whole model of table train: {error.Message} Train it again.", error);
        }
        return model is { ExpectsBaseMargins: false, Objective.Outputs: 1 } ? model
            : throw new BadDataException($"{path}: found a model of {model.Objective.Outputs} outputs{(model.ExpectsBaseMargins ? " that expects a base margin for each row" : "")}, expected one that table train wrote.");
    }
}
