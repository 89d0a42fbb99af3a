using System.Text;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Models.Racing;
using CustomerValue.Models.Store;
using CustomerValue.Reporting.Cards;
using CustomerValue.Reporting.Figures;
using CustomerValue.Reporting.Report;

namespace CustomerValue.Reporting;

/// <summary>What people read of a version: figures, report and card, written beside the model.</summary>
public static class VersionReports
{
    /// <summary>Computes the report and writes <c>metrics.json</c>, <c>report.html</c> and <c>card.md</c>.</summary>
    /// <param name="writer">Writes into the version that is being published.</param>
    /// <param name="manifest">The version as far as it is known.</param>
    /// <param name="input">What the race was run on.</param>
    /// <param name="result">The race.</param>
    /// <param name="findings">Doubts about the files that were read.</param>
    public static void Write(VersionWriter writer, Manifest manifest, RaceInput input, RaceResult result, IReadOnlyList<Finding> findings)
    {
        ReportData report = ReportBuilder.Build(input, result, manifest, findings);
        writer.WriteJson(ReportData.FileName, report);
        writer.Write(ReportHtml.FileName, Encoding.UTF8.GetBytes(ReportHtml.Render(report)));
        writer.Write(ModelCard.FileName, Encoding.UTF8.GetBytes(ModelCard.Write(report)));
    }
}
