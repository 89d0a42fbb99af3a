using CustomerValue.Data.Transactions;
using CustomerValue.Models.Intervals;
using CustomerValue.Models.Seasons;
using CustomerValue.Models.Value;

namespace CustomerValue.Models.Versions;

/// <summary>What scoring needs beside the models: <c>recipe.json</c> of a version.</summary>
/// <param name="HorizonDays">Days ahead that churn, purchases and spend speak of.</param>
/// <param name="Champion">Name of the champion candidate.</param>
/// <param name="Prior">Name of the buy-till-you-die model that travels along, or null.</param>
/// <param name="Returns">How returns count.</param>
/// <param name="Value">How lifetime value is reckoned.</param>
/// <param name="Margins">Margin rates of the base.</param>
/// <param name="MeanGapDays">Mean days between two purchase days over all who bought twice; the yardstick of a customer with one.</param>
/// <param name="Intervals">80 % intervals of spend and lifetime value, or null.</param>
/// <param name="Newcomers">What answers for customers who never bought; null where training saw too few newcomers over a whole horizon, and in versions that are older than this.</param>
/// <param name="LongRun">Season and yearly level of the tail of lifetime value; null in versions that are older than this.</param>
internal sealed record ScoringRecipe(
    int HorizonDays,
    string Champion,
    string? Prior,
    ReturnsPolicy Returns,
    ValueOptions Value,
    MarginRates Margins,
    double MeanGapDays,
    ForecastIntervals? Intervals,
    NewcomerTable? Newcomers = null,
    LongRun? LongRun = null);
