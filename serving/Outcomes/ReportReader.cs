using System.Globalization;
using System.Text;
using System.Text.Json;
using CustomerValue.CustomerBook.Outcomes;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Data.Transactions;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Json;
using CustomerValue.Serving.Predictions;
using CustomerValue.Serving.Requests;

namespace CustomerValue.Serving.Outcomes;

/// <summary>A report of outcomes that makes sense.</summary>
/// <param name="Lines">Its lines.</param>
/// <param name="From">First day that it states; null where its lines say it.</param>
/// <param name="Through">Last day that it states; null where its lines say it.</param>
/// <param name="Unknown">Members that the service does not know; null for none.</param>
internal sealed record ReportedOutcomes(IReadOnlyList<ReceivedLine> Lines, DateOnly? From, DateOnly? Through, Finding? Unknown);

/// <summary>Reads a report of outcomes and holds it against the limits as it goes; each line is checked as a line of a prediction call is.</summary>
internal ref struct ReportReader
{
    private const int MaxDepth = 16, MostUnknown = 1000;

    private static readonly DayConverter s_day = new();
    private static readonly NumberConverter s_number = new();

    private readonly PredictionLimits _limits;
    private readonly DateOnly _latest;
    private readonly FieldErrors _errors = new();
    private readonly LineCheck _check;
    private readonly UnknownFields _unknown = new();
    private readonly List<ReceivedLine> _lines = [];
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private Utf8JsonReader _json;
    private DateOnly? _from, _through;
    private int _i = -1, _unknowns;
    private bool _anyLine;
    private string? _member;

    private ReportReader(ReadOnlySpan<byte> body, PredictionLimits limits, DateOnly today)
    {
        (_limits, _latest) = (limits, today.AddDays(2));
        _check = new LineCheck(_errors);
        _json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
    }

    /// <param name="body">JSON in UTF-8, with or without a mark.</param>
    /// <param name="limits">What one call may bring.</param>
    /// <param name="today">Today: what has not happened yet is no outcome.</param>
    /// <exception cref="ProblemException">The body is not JSON in UTF-8 of the documented form, brings too much, or makes no sense.</exception>
    public static ReportedOutcomes Read(ReadOnlySpan<byte> body, PredictionLimits limits, DateOnly today)
    {
        if (body.StartsWith(Encoding.UTF8.Preamble))
            body = body[Encoding.UTF8.Preamble.Length..];
        ReportReader reader = new(body, limits, today);
        try
        {
            reader.ReadWhole();
        }
        catch (JsonException error)
        {
            string words = error.Message.Split(" LineNumber: ")[0];
            string place = error.LineNumber is { } line && error.BytePositionInLine is { } position ? string.Create(CultureInfo.InvariantCulture, $" (line {line + 1}, byte {position + 1})") : "";
            throw new ProblemException(Problems.Malformed(reader.Path, words + place));
        }
        reader._errors.ThrowIfAny();
        return new ReportedOutcomes(reader._lines, reader._from, reader._through, reader._unknown.Told());
    }

    private void ReadWhole()
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartObject)
            throw Token.Unexpected(ref _json, "an object like {\"transactions\":[...]}");
        _seen.Clear();
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (NextMember(seen))
        {
            if (_member is "transactions")
                ReadLines();
            else if (_member is "from")
                _from = Value() ? Day() : null;
            else if (_member is "through")
                _through = Value() ? Day() : null;
            else
                PassOver(typeof(OutcomeReport), "", "");
            _member = null;
        }
        _json.Read(); // nothing may follow
        if (!_anyLine && _through is null)
            _errors.AddUnlessSaid("transactions", "found none, expected at least one, or the day through which nothing was bought as through.");
        CheckDay("from", _from);
        CheckDay("through", _through);
        if (_from > _through)
            _errors.Add("from", $"found {Text(_from.Value)} after through {Text(_through.Value)}, expected a day on or before it.");
    }

    private void CheckDay(string path, DateOnly? day)
    {
        if (day > _latest)
            _errors.Add(path, $"found {Text(day.Value)}, expected a day until {Text(_latest)}: what has not happened yet is no outcome.");
    }

    private void ReadLines()
    {
        if (!Value())
            return;
        if (_json.TokenType != JsonTokenType.StartArray)
            throw Token.Unexpected(ref _json, "an array of transactions");
        _member = null;
        for (_i = 0; ; _i++)
        {
            _json.Read();
            if (_json.TokenType == JsonTokenType.EndArray)
                break;
            ReadLine();
            _anyLine = true;
            if (_errors.IsFull)
                _errors.ThrowIfAny();
        }
        _i = -1;
    }

    private void ReadLine()
    {
        _check.Begin(-1);
        if (_json.TokenType == JsonTokenType.Null)
        {
            _check.AddNull(_i);
            return;
        }
        if (_json.TokenType != JsonTokenType.StartObject)
            throw Token.Unexpected(ref _json, "an object with customer_id, date and amount");
        string? customer = null, id = null;
        DateOnly? date = null;
        double? amount = null;
        _seen.Clear();
        while (NextMember(_seen))
        {
            if (_member is "customer_id")
                customer = Value() ? Words() : null;
            else if (_member is "date")
                date = Value() ? Day() : null;
            else if (_member is "amount")
                amount = Value() ? s_number.Read(ref _json, typeof(double), null!) : null;
            else if (_member is "id")
                id = Value() ? Words() : null;
            else
                PassOver(typeof(OutcomeReportLine), "transactions[].", $"transactions[{_i}].");
            _member = null;
        }
        string place = $"transactions[{_i}]";
        CheckText(place + ".customer_id", customer ?? "", least: 1);
        CheckText(place + ".id", id ?? "", least: 0);
        _check.Check(new HistoryLine(date ?? default, amount ?? double.NaN), new LineTexts(LineText.None, LineText.None, LineText.None, LineText.None), date is not null, amount is not null, _i);
        CheckDay(place + ".date", date);
        Count(customer ?? "");
        _lines.Add(new ReceivedLine { CustomerId = customer ?? "", Day = date ?? default, Amount = amount ?? 0, LineId = id ?? "" });
    }

    /// <summary>Holds a line against the limits of prediction calls.</summary>
    private readonly void Count(string customer)
    {
        int lines = _counts[customer] = _counts.GetValueOrDefault(customer) + 1;
        if (_counts.Count > _limits.MaxCustomers)
            throw new ProblemException(Problems.TooLarge("transactions", string.Create(CultureInfo.InvariantCulture,
                $"found transactions of more than {_limits.MaxCustomers} customers, expected at most as many; split the call, or raise Predictions:MaxCustomers.")));
        if (lines > _limits.MaxTransactionsPerCustomer)
            throw new ProblemException(Problems.TooLarge($"transactions[{_i}]", string.Create(CultureInfo.InvariantCulture,
                $"found more than {_limits.MaxTransactionsPerCustomer} transactions of one customer, expected at most as many; split the call, or raise Predictions:MaxTransactionsPerCustomer.")));
    }

    private readonly void CheckText(string path, string text, int least)
    {
        if (text.Length < least)
            _errors.Add(path, "found nothing, expected the customer's id.");
        else if (text.Length > LineCheck.MaxText)
            _errors.Add(path, $"found {text.Length} characters, expected at most {LineCheck.MaxText}.");
        else if (text.Contains('\0', StringComparison.Ordinal))
            _errors.Add(path, "found the character of code 0, which a database cannot keep, expected text.");
    }

    private void PassOver(Type form, string place, string path)
    {
        if (++_unknowns > MostUnknown * Math.Max(1, _lines.Count))
            throw new FormException($"found more than {MostUnknown} members in one object, expected those of /openapi/v1.json.");
        _unknown.Add(_member!, form, place, path);
        _json.Skip();
    }

    private bool NextMember(HashSet<string> seen)
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.PropertyName)
            return false;
        _member = Token.Text(ref _json);
        return seen.Add(_member) ? true : throw new FormException("found the member twice, expected it once.");
    }

    /// <summary>Goes to a member's value; false where it is null, which is as if it were not there.</summary>
    private bool Value()
    {
        _json.Read();
        return _json.TokenType != JsonTokenType.Null;
    }

    private DateOnly Day() => s_day.Read(ref _json, typeof(DateOnly), null!);

    private string Words() => _json.TokenType == JsonTokenType.String ? Token.Text(ref _json) : throw Token.Unexpected(ref _json, "text in quotes");

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private readonly string Path
    {
        get
        {
            string place = (_i < 0 ? "" : $"transactions[{_i}]") + (_member is null ? "" : (_i < 0 ? "" : ".") + _member);
            return place.Length == 0 ? "$" : Excerpt.Of(place);
        }
    }
}
