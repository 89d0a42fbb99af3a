using System.Globalization;
using CustomerValue.Data.Transactions;
using CustomerValue.Data.Windows;

namespace CustomerValue.Serving.Predictions;

/// <summary>Says by field path why a line of a history makes no sense, as far as the line itself and those before it tell.</summary>
internal sealed class LineCheck(FieldErrors errors)
{
    /// <summary>Characters of an id or a name.</summary>
    public const int MaxText = 200;

    private const double MaxSize = 1e12;

    /// <summary>What a log tells apart in its one-byte and two-byte columns.</summary>
    private const int MaxChannels = 254, MaxCategories = 65_534;

    private DateOnly _latest;
    private int _customer;

    /// <summary>The next line is a customer's first; of one below 0 where lines stand in the call itself.</summary>
    public void Begin(int customer) => (_customer, _latest) = (customer, DateOnly.MinValue);

    public void AddNull(int j) => Add(j, "", "found null, expected an object with date and amount.");

    /// <param name="line">The line.</param>
    /// <param name="texts">Its texts.</param>
    /// <param name="hasDate">Whether it has a date.</param>
    /// <param name="hasAmount">Whether it has an amount.</param>
    /// <param name="j">Its place in the history.</param>
    public void Check(in HistoryLine line, in LineTexts texts, bool hasDate, bool hasAmount, int j)
    {
        if (!hasDate)
            Add(j, ".date", "found nothing, expected a date like 2024-02-28.");
        else if (line.Day < ObservationWindow.Earliest)
            Add(j, ".date", $"found {Day(line.Day)}, expected a day from {Day(ObservationWindow.Earliest)} on.");
        else if (line.Day < _latest)
            Add(j, ".date", $"found {Day(line.Day)} after {Day(_latest)}, expected transactions oldest first; sort them by date.");
        else
            _latest = line.Day;
        if (!hasAmount)
            Add(j, ".amount", "found nothing, expected a number.");
        else
        {
            CheckSize(j, ".amount", line.Amount, -MaxSize);
            CheckSize(j, ".quantity", line.Quantity, line.Amount < 0 ? -MaxSize : 0);
            CheckSize(j, ".discount", line.Discount, line.Amount < 0 ? -MaxSize : 0);
        }
        CheckSize(j, ".margin", line.Margin, -MaxSize);
        CheckText(j, ".order_id", texts.Order);
        CheckText(j, ".product", texts.Product);
        CheckText(j, ".category", texts.Category);
        CheckText(j, ".channel", texts.Channel);
        CheckNames(j, ".category", texts.Category, MaxCategories);
        CheckNames(j, ".channel", texts.Channel, MaxChannels);
    }

    private void Add(int j, string field, string message) => errors.Add($"{(_customer < 0 ? "" : $"customers[{_customer}].")}transactions[{j}]{field}", message);

    private void CheckSize(int j, string field, double number, double least)
    {
        if (!double.IsNaN(number) && !(number >= least && number <= MaxSize))
            Add(j, field, string.Create(CultureInfo.InvariantCulture, $"found {number}, expected a number from {least} to {MaxSize}."));
    }

    private void CheckNames(int j, string field, LineText name, int most)
    {
        if (name.IsNew && name.Code == most)
            Add(j, field, $"found more than {most} different names in one call; split the call, or leave out what is no {field[1..]}.");
    }

    private void CheckText(int j, string field, LineText text)
    {
        if (text.Length > MaxText)
            Add(j, field, $"found {text.Length} characters, expected at most {MaxText}.");
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>A text of a line.</summary>
/// <param name="Length">Characters; 0 where there is none.</param>
/// <param name="Code">Its code where it is a name, or <see cref="HistoryLine.Unknown"/>.</param>
/// <param name="IsNew">Whether no line before bears the name.</param>
internal readonly record struct LineText(int Length, int Code, bool IsNew)
{
    public static LineText None { get; } = new(0, HistoryLine.Unknown, false);
}

/// <summary>The texts of a line.</summary>
internal readonly record struct LineTexts(LineText Order, LineText Product, LineText Category, LineText Channel);
