using System.Globalization;
using CustomerValue.Boosting;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Windows;
using CustomerValue.Decisions.Campaigns;
using CustomerValue.Decisions.Uplift;
using CustomerValue.Models.Tables;
using Finding = CustomerValue.Data.Diagnostics.Finding;

namespace CustomerValue.Training.Uplift;

/// <summary>An experiment from a file: arms, outcome and features.</summary>
internal static class ExperimentFile
{
    private const int MostArms = 20;

    /// <summary>Reads it.</summary>
    /// <exception cref="BadDataException">The file or one of its columns cannot be used.</exception>
    public static UpliftTable Read(UpliftInput input, List<Finding> findings, IProgress<StepProgress> progress, CancellationToken cancellation)
    {
        TextTable text = TextTable.Read(input.File, progress, cancellation);
        int treatment = text.Require(input.Treatment, "the arm"), outcome = text.Require(input.Outcome, "the outcome");
        string[] arms = Arms(text, treatment, input);
        Dictionary<string, int> codes = arms.Select((arm, a) => (arm, a)).ToDictionary(pair => pair.arm, pair => pair.a, StringComparer.Ordinal);
        int[] rows = [.. Enumerable.Range(0, text.RowCount).Where(row => codes.ContainsKey(text.Columns[treatment][row]))];
        if (rows.Length < text.RowCount)
            findings.Add(new("rows-of-other-arms", Severity.Information, $"{text.RowCount - rows.Length} of {text.RowCount} rows are of other arms and were left out.", "Name all treated arms with --arms."));
        Objective objective = input.Means switch { UpliftOutcome.Buying => Objectives.Logistic, null => LabelText.Suggest(text, outcome), _ => Objectives.SquaredError };
        float[] outcomes = LabelText.Read(text, outcome, objective);
        (Horizon? window, int told) = Window(text, rows, input);
        HashSet<int> left = [treatment, outcome, told, .. input.Ignored.Select(name => text.Require(name, "a column to ignore"))];
        IReadOnlyList<FeatureColumn> columns = TableColumnText.Features(text, left, findings);
        if (columns.Count == 0)
            throw new BadDataException($"{text.Path}: found no column to learn from beside arm and outcome, expected at least one known before the contact; ignore less or give more columns.");
        foreach (string name in input.Options.ArmCosts.Keys.Where(name => !codes.ContainsKey(name)))
            throw new BadDataException($"--contact-cost: found the arm '{name}', expected one of {string.Join(", ", arms.Skip(1))}.");
        try
        {
            return new UpliftTable(new BoostingData(columns).Select(rows), arms, Array.ConvertAll(rows, row => codes[text.Columns[treatment][row]]), Array.ConvertAll(rows, row => outcomes[row]),
                input.Means ?? (objective == Objectives.Logistic ? UpliftOutcome.Buying : UpliftOutcome.Spend))
            { Window = window };
        }
        catch (BadDataException error)
        {
            throw new BadDataException($"{text.Path}, columns '{input.Treatment}' and '{input.Outcome}': {error.Message}", error);
        }
    }

    /// <summary>Days whose outcomes were counted, and the column that says so, which is no feature; -1 for none.</summary>
    private static (Horizon? Window, int Column) Window(TextTable text, int[] rows, UpliftInput input)
    {
        int column = text.Names.ToList().IndexOf(CampaignMeasurement.OutcomeDaysColumn);
        if (column < 0 || input.Window is not null)
            return (input.Window, column);
        string[] said = [.. rows.Select(row => text.Columns[column][row]).Distinct(StringComparer.Ordinal)];
        return said.Length == 1 && int.TryParse(said[0], NumberStyles.None, CultureInfo.InvariantCulture, out int days) && days is >= Horizon.MinDays and <= Horizon.MaxDays ? (new Horizon(days), column)
            : throw new BadDataException($"{text.Path}, column '{CampaignMeasurement.OutcomeDaysColumn}': found {string.Join(", ", said.Take(3).Select(one => $"'{one}'"))}, expected one number of days for all rows, {Horizon.MinDays} to {Horizon.MaxDays}: outcomes of different lengths do not compare. Say it with --outcome-days N, or measure all alike.");
    }

    private static string[] Arms(TextTable text, int treatment, UpliftInput input)
    {
        string place = $"{text.Path}, column '{input.Treatment}'";
        string[] found = [.. text.Columns[treatment].Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        int blank = text.Columns[treatment].ToList().FindIndex(string.IsNullOrEmpty);
        if (blank >= 0)
            throw new BadDataException($"{text.Place(blank, treatment)}: found no arm, expected the one the customer was drawn for; fill it in or remove the row.");
        if (found.Length > MostArms)
            throw new BadDataException($"{place}: found {found.Length} different texts, expected at most {MostArms} arms; name the column of the arm.");
        string known = string.Join(", ", found);
        foreach (string name in input.Arms.Append(input.Control))
            if (!found.Contains(name, StringComparer.Ordinal))
                throw new BadDataException($"{place}: found the arms {known}, expected '{name}' among them; say which arm was left alone with --control, and others with --arms.");
        string[] treated = [.. input.Arms.Count > 0 ? input.Arms.Distinct(StringComparer.Ordinal) : found.Where(arm => arm != input.Control)];
        return treated.Length > 0 && !treated.Contains(input.Control, StringComparer.Ordinal) ? [input.Control, .. treated]
            : throw new BadDataException($"{place}: found no treated arm beside '{input.Control}', expected at least one; without two groups there is nothing to compare.");
    }
}
