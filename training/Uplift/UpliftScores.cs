using CustomerValue.Boosting;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Files;
using CustomerValue.Data.Text;
using CustomerValue.Decisions.Uplift;
using CustomerValue.Models.Tables;
using Finding = CustomerValue.Data.Diagnostics.Finding;

namespace CustomerValue.Training.Uplift;

/// <summary>Customers of a table scored by an uplift model.</summary>
/// <param name="Model">The model.</param>
/// <param name="Text">The table.</param>
/// <param name="Uplift">Calibrated uplift, by treated arm and row.</param>
internal sealed record UpliftScores(UpliftModel Model, TextTable Text, double[][] Uplift)
{
    /// <summary>Scores a table.</summary>
    /// <exception cref="BadDataException">The table lacks columns.</exception>
    public static UpliftScores Of(string file, UpliftModel model, List<Finding> findings, IProgress<StepProgress> progress, CancellationToken cancellation)
    {
        TextTable text = TextTable.Read(file, progress, cancellation);
        string[] absent = [.. model.Features.Select(feature => feature.Name).Where(name => text.Find(name) < 0)];
        if (absent.Length > 0)
            throw new BadDataException($"{file} line 1: found no {string.Join(", ", absent.Select(name => $"'{name}'"))}, expected the {model.Features.Count} columns the model was trained with.{text.Nearest(absent[0])}");
        return new UpliftScores(model, text, model.Predict(new BoostingData([.. model.Features.Select(feature => TableColumnText.As(feature, text.Columns[text.Find(feature.Name)], findings))])));
    }

    /// <summary>Writes the columns that are no features, the uplift of each arm and the arm of most gain after contact cost, empty where leaving alone is best.</summary>
    public void Write(string path) => WholeFile.Write(path, stream =>
    {
        IReadOnlyList<TrainedArm> arms = Model.Card.Arms;
        HashSet<string> features = [.. Model.Features.Select(feature => feature.Name)];
        string[] own = [.. arms.Select(arm => $"uplift_{arm.Arm}"), "best_arm"];
        int[] carried = [.. Enumerable.Range(0, Text.Names.Count).Where(column => !features.Contains(Text.Names[column]) && !own.Contains(Text.Names[column], StringComparer.Ordinal))];
        using CsvWriter csv = new(stream, (carried.Length == 0 ? ["row"] : carried.Select(column => Text.Names[column])).Concat(own));
        for (int row = 0; row < Text.RowCount; row++)
        {
            if (carried.Length == 0)
                csv.Whole(row + 1);
            foreach (int column in carried)
                csv.Text(Text.Columns[column][row]);
            for (int a = 0; a < arms.Count; a++)
                csv.Number(Uplift[a][row]);
            csv.Text(Best(row) is >= 0 and int best ? arms[best].Arm : null);
            csv.EndRow();
        }
    });

    /// <summary>The arm of most gain after cost for a row, or -1.</summary>
    public int Best(int row)
    {
        UpliftReport report = Model.Card.Report;
        (double most, int best) = (0, -1);
        for (int a = 0; a < Uplift.Length; a++)
            if (Uplift[a][row] * report.OutcomeValue - report.Arms[a + 1].ContactCost is var gain && gain > most)
                (most, best) = (gain, a);
        return best;
    }
}
