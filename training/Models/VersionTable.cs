using System.Globalization;
using CustomerValue.Models.Store;
using CustomerValue.Models.Versions;
using CustomerValue.Reporting.Figures;
using CustomerValue.Training.Evaluate;
using CustomerValue.Training.Terminal;
using Spectre.Console;

namespace CustomerValue.Training.Models;

/// <summary>Versions of the store: as a list, in full, and as verified.</summary>
internal static class VersionTable
{
    /// <summary>Hashes are told from one another by less; --json has them whole.</summary>
    private const int ShownHash = 33, LongestWord = 44;

    public static void Write(IAnsiConsole console, string folder, IReadOnlyList<VersionSummary> versions)
    {
        if (versions.Count == 0)
        {
            console.Say($"Model store {folder} is empty: run train first.");
            return;
        }
        Table table = Look.Table("  version", "model", "?cutoff", "?>horizon", "?>customers", ">purchases MAE", "?>spend MAE", ">churn AUC");
        foreach (VersionSummary version in versions)
        {
            string name = $"{(version.IsChampion ? "*" : " ")} {version.Version}";
            table.AddRow(version.Problem is null
                ? [Strong(version, name), version.Model!, Figures.Day(version.Cutoff), $"{version.HorizonDays} days", Figures.Count(version.Customers ?? 0),
                    Figures.Number(version.Metrics?.Purchases.Mae ?? double.NaN, 4), Figures.Money(version.Metrics?.Spend.Mae ?? double.NaN), Figures.Number(version.Metrics?.Churn.Auc ?? double.NaN, 4)]
                : [Strong(version, name), $"[{Theme.Bad}]damaged[/]", "", "", "", "", "", ""]);
        }
        console.Draw(table);
        console.SayMarkup($"[{Theme.Faint}] {(versions.Any(version => version.IsChampion) ? "* serves   " : "none serves   ")}store {folder.EscapeMarkup()}[/]");
        foreach (VersionSummary version in versions.Where(version => version.Problem is not null))
            console.SayMarkup($"[{Theme.Bad}]damaged[/] {version.Problem!.EscapeMarkup()}");
    }

    public static void Write(IAnsiConsole console, Manifest manifest, bool champion)
    {
        console.SayMarkup($"[{Theme.Strong}]{manifest.Version}[/]{(champion ? " (serves)" : "")}");
        console.Draw(Look.Pairs(
            ("model", manifest.Description),
            ("trained", $"{Moment(manifest.Created)} UTC by {manifest.Product}"),
            ("predicts", $"{manifest.HorizonDays} days from what was known before {Figures.Day(manifest.Cutoff)}"),
            ("data", $"{Figures.Count(manifest.Data.Rows)} transactions of {Figures.Count(manifest.Data.Customers)} customers, {Figures.Day(manifest.Data.FirstDay)} to {Figures.Day(manifest.Data.LastDay)}"),
            ("data fingerprint", Figures.Short(manifest.Data.Sha256, ShownHash)),
            ("model hash", Figures.Short(manifest.ModelHash, ShownHash)),
            ("feature schema", Figures.Short(manifest.FeatureSchemaHash, ShownHash)),
            ("options", string.Join(", ", manifest.Options.Where(option => option.Value.Length > 0).Select(option => $"{option.Key} {ShortWords(option.Value)}"))),
            ("files", string.Join(", ", manifest.Files.Select(file => $"{file.Name} ({Figures.Bytes(file.Bytes)})")))));
        if (manifest.Evaluation is not null)
            RaceTable.Write(console, manifest.Evaluation);
        if (manifest.LifetimeBacktest is { } backtest)
            console.Say(LifetimeText.Line(backtest));
    }

    public static void Write(IAnsiConsole console, IReadOnlyList<VerifiedVersion> versions)
    {
        foreach (VerifiedVersion version in versions)
            console.SayMarkup(version.Whole
                ? $"[{Theme.Good}]whole[/]    {version.Version.EscapeMarkup()}  [{Theme.Faint}]{version.Files} files as published, golden histories score as they did[/]"
                : $"[{Theme.Bad}]damaged[/]  {version.Version.EscapeMarkup()}  {version.Problem!.EscapeMarkup()}");
    }

    /// <summary>Long paths within a sentence, so that no line breaks them.</summary>
    private static string ShortWords(string text) => string.Join(' ', text.Split(' ').Select(word => Figures.Short(word, LongestWord)));

    private static string Strong(VersionSummary version, string name) => version.IsChampion ? $"[{Theme.Strong}]{name}[/]" : name;

    private static string Moment(DateTimeOffset? moment) => moment?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";
}
