using System.Globalization;
using System.Text;
using System.Text.Json;
using CustomerValue.Data.Transactions;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Errors;
using CustomerValue.Serving.Json;
using CustomerValue.Serving.Requests;

namespace CustomerValue.Serving.Predictions;

/// <summary>
/// Reads the JSON of a call straight into its lists, and holds it against the limits as it goes: what is too much is refused where it becomes too much, before anything is made of it.
/// What cannot be read ends the call at its place; what makes no sense is collected, up to a hundred fields.
/// </summary>
internal ref struct CallReader
{
    /// <summary>What a body looks like.</summary>
    private const string WholeBody = "an object like {\"as_of\":\"2024-02-28\",\"customers\":[...]}";

    private const string Twice = "found the member twice, expected it once.";

    /// <summary>Members of one object that need not be known.</summary>
    private const int MostUnknown = 1000;

    private const int MaxDepth = 16, BytesOfLine = 64, FirstLines = 1 << 16, FirstText = 64;

    private static readonly DayConverter s_day = new();
    private static readonly NumberConverter s_number = new();
    private static readonly WholeNumberConverter s_whole = new();
    private static readonly AttributeTextConverter s_attribute = new();

    private readonly ReadOnlySpan<byte> _body;
    private readonly CallForm _form;
    private readonly PredictionLimits _limits;
    private readonly IReadOnlyList<string> _attributes;
    private readonly HistoryCall _call;
    private readonly FieldErrors _errors;
    private readonly LineCheck _lines;
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);
    private readonly UnknownFields _unknown = new();
    private Utf8JsonReader _json;
    private HashSet<string>? _names;
    private char[] _order = new char[FirstText], _name = new char[FirstText];
    private int _i = -1, _j = -1;
    private string? _member, _attribute;

    private CallReader(ReadOnlySpan<byte> body, CallForm form, PredictionLimits limits, IReadOnlyList<string> attributes, FieldErrors errors)
    {
        _body = body;
        (_form, _limits, _attributes, _errors) = (form, limits, attributes, errors);
        _call = new HistoryCall { Histories = new HistoryWriter(Math.Min(body.Length / BytesOfLine, FirstLines)) };
        _lines = new LineCheck(errors);
        _json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
    }

    /// <param name="body">JSON in UTF-8, with or without a mark.</param>
    /// <param name="form">Which members are known.</param>
    /// <param name="limits">What one call may ask.</param>
    /// <param name="attributes">Attributes that the model knows; others are passed over.</param>
    /// <param name="errors">Takes what makes no sense.</param>
    /// <exception cref="ProblemException">The body is not JSON in UTF-8 of the documented form, asks too much, or a hundred fields of it make no sense.</exception>
    public static HistoryCall Read(ReadOnlySpan<byte> body, CallForm form, PredictionLimits limits, IReadOnlyList<string> attributes, FieldErrors errors)
    {
        if (body.StartsWith(Encoding.UTF8.Preamble))
            body = body[Encoding.UTF8.Preamble.Length..];
        CallReader reader = new(body, form, limits, attributes, errors);
        try
        {
            reader.ReadCall();
            return reader._call;
        }
        catch (FormException error)
        {
            throw new ProblemException(Problems.Malformed(reader.Path, error.Message + reader.Position));
        }
        catch (JsonException error)
        {
            string place = error.LineNumber is { } line && error.BytePositionInLine is { } position ? $" (line {line + 1}, byte {position + 1})" : "";
            throw new ProblemException(Problems.Malformed(reader.Path, Words(error.Message) + place));
        }
    }

    private void ReadCall()
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartObject)
            throw Token.Unexpected(ref _json, WholeBody);
        int seen = 0;
        while (NextMember())
        {
            if (_json.ValueTextEquals("customers"u8))
                ReadCustomers(Once(ref seen, 1, "customers"));
            else if (_json.ValueTextEquals("as_of"u8))
                _call.AsOf = Value(Once(ref seen, 2, "as_of")) ? Day() : null;
            else if (_json.ValueTextEquals("reasons"u8))
                _call.Reasons = Value(Once(ref seen, 4, "reasons")) ? s_whole.Read(ref _json, typeof(int), null!) : null;
            else if (_form >= CallForm.Recommendation && _json.ValueTextEquals("language"u8))
                _call.Language = Value(Once(ref seen, 8, "language")) ? Text() : null;
            else if (_form == CallForm.Decision && _json.ValueTextEquals("least_return"u8))
                _call.LeastReturn = Value(Once(ref seen, 16, "least_return")) ? Number() : null;
            else if (_form == CallForm.Decision && _json.ValueTextEquals("playbook"u8))
                _call.Playbook = Value(Once(ref seen, 32, "playbook")) ? Raw() : null;
            else if (_form == CallForm.Decision && _json.ValueTextEquals("uplift"u8))
                _call.Uplift = Value(Once(ref seen, 64, "uplift")) ? Text() : null;
            else
                PassOver(ref seen, _form, "", "");
            _member = null;
        }
        _json.Read(); // nothing may follow
        _call.Unknown = _unknown.Told();
        if (_call.Customers.Count == 0)
            _errors.Add("customers", "found none, expected at least one customer.");
    }

    private void ReadCustomers(string member)
    {
        if (!Value(member))
            return;
        if (_json.TokenType != JsonTokenType.StartArray)
            throw Token.Unexpected(ref _json, "an array of customers");
        _member = null;
        for (_i = 0; NextItem(); _i++)
        {
            if (_i == _limits.MaxCustomers)
                throw new ProblemException(Problems.TooLarge("customers", string.Create(CultureInfo.InvariantCulture,
                    $"found more than {_limits.MaxCustomers} customers, expected at most as many; split the call, or raise Predictions:MaxCustomers.")));
            ReadCustomer();
            if (_errors.IsFull)
                _errors.ThrowIfAny();
        }
        _i = -1;
    }

    private void ReadCustomer()
    {
        int first = _call.Histories.Count, count = -1, seen = 0;
        string? id = null;
        Dictionary<string, string>? attributes = null;
        if (_json.TokenType == JsonTokenType.Null)
        {
            _errors.Add($"customers[{_i}]", "found null, expected an object with customer_id and transactions.");
            _call.Customers.Add(new CalledCustomer("", first, 0, null));
            return;
        }
        if (_json.TokenType != JsonTokenType.StartObject)
            throw Token.Unexpected(ref _json, "an object with customer_id and transactions");
        while (NextMember())
        {
            if (_json.ValueTextEquals("transactions"u8))
                count = ReadTransactions(Once(ref seen, 1, "transactions"));
            else if (_json.ValueTextEquals("customer_id"u8))
                id = Value(Once(ref seen, 2, "customer_id")) ? Text() : null;
            else if (_json.ValueTextEquals("attributes"u8))
                attributes = ReadAttributes(Once(ref seen, 4, "attributes"));
            else
                PassOver(ref seen, typeof(CustomerHistory), "customers[].", $"customers[{_i}].");
            _member = null;
        }
        CheckId(id);
        if (count < 0)
            _errors.Add($"customers[{_i}].transactions", "found nothing, expected the customer's purchases before as_of.");
        _call.Histories.EndCustomer(id ?? "");
        _call.Customers.Add(new CalledCustomer(id ?? "", first, Math.Max(count, 0), attributes));
    }

    private void CheckId(string? id)
    {
        if (string.IsNullOrEmpty(id) || id.Length > LineCheck.MaxText)
            _errors.Add($"customers[{_i}].customer_id", string.IsNullOrEmpty(id) ? "found nothing, expected the customer's id." : $"found {id.Length} characters, expected at most {LineCheck.MaxText}.");
        else if (!_seen.TryAdd(id, _i))
            _errors.Add($"customers[{_i}].customer_id", $"found '{Excerpt.Of(id)}' again, expected each customer once; customers[{_seen[id]}] is the same.");
    }

    private int ReadTransactions(string member)
    {
        if (!Value(member))
            return -1;
        if (_json.TokenType != JsonTokenType.StartArray)
            throw Token.Unexpected(ref _json, "an array of transactions");
        _member = null;
        _lines.Begin(_i);
        for (_j = 0; NextItem(); _j++)
        {
            if (_j == _limits.MaxTransactionsPerCustomer)
                throw new ProblemException(Problems.TooLarge($"customers[{_i}].transactions", string.Create(CultureInfo.InvariantCulture,
                    $"found more than {_limits.MaxTransactionsPerCustomer} transactions, expected at most as many; merge lines of one order, or raise Predictions:MaxTransactionsPerCustomer.")));
            ReadLine();
            if (_errors.IsFull)
                _errors.ThrowIfAny();
        }
        int count = _j;
        _j = -1;
        return count;
    }

    private void ReadLine()
    {
        if (_json.TokenType == JsonTokenType.Null)
        {
            _lines.AddNull(_j);
            _call.Histories.Add(new HistoryLine(default, 0), default, hasOrder: false);
            return;
        }
        if (_json.TokenType != JsonTokenType.StartObject)
            throw Token.Unexpected(ref _json, "an object with date and amount");
        int seen = 0;
        DateOnly? date = null;
        double? amount = null, quantity = null, discount = null, margin = null;
        LineText order = LineText.None, product = order, category = order, channel = order;
        bool hasOrder = false;
        while (NextMember())
        {
            if (_json.ValueTextEquals("date"u8))
                date = Value(Once(ref seen, 1, "date")) ? Day() : null;
            else if (_json.ValueTextEquals("amount"u8))
                amount = Value(Once(ref seen, 2, "amount")) ? Number() : null;
            else if (_json.ValueTextEquals("order_id"u8))
                order = (hasOrder = Value(Once(ref seen, 4, "order_id"))) ? new LineText(Text(ref _order), HistoryLine.Unknown, false) : LineText.None;
            else if (_json.ValueTextEquals("quantity"u8))
                quantity = Value(Once(ref seen, 8, "quantity")) ? Number() : null;
            else if (_json.ValueTextEquals("product"u8))
                product = Value(Once(ref seen, 16, "product")) ? Name(_call.Histories.Products) : LineText.None;
            else if (_json.ValueTextEquals("category"u8))
                category = Value(Once(ref seen, 32, "category")) ? Name(_call.Histories.Categories) : LineText.None;
            else if (_json.ValueTextEquals("channel"u8))
                channel = Value(Once(ref seen, 64, "channel")) ? Name(_call.Histories.Channels) : LineText.None;
            else if (_json.ValueTextEquals("discount"u8))
                discount = Value(Once(ref seen, 128, "discount")) ? Number() : null;
            else if (_json.ValueTextEquals("margin"u8))
                margin = Value(Once(ref seen, 256, "margin")) ? Number() : null;
            else
                PassOver(ref seen, typeof(TransactionLine), "customers[].transactions[].", $"customers[{_i}].transactions[{_j}].");
            _member = null;
        }
        HistoryLine line = new(date ?? default, amount ?? double.NaN)
        {
            Quantity = quantity ?? double.NaN,
            Product = product.Code,
            Category = category.Code,
            Channel = channel.Code,
            Discount = discount ?? double.NaN,
            Margin = margin ?? double.NaN,
        };
        _lines.Check(line, new LineTexts(order, product, category, channel), date is not null, amount is not null, _j);
        _call.Histories.Add(line, _order.AsSpan(0, order.Length), hasOrder);
    }

    private Dictionary<string, string>? ReadAttributes(string member)
    {
        if (!Value(member))
            return null;
        if (_json.TokenType != JsonTokenType.StartObject)
            throw Token.Unexpected(ref _json, "an object of names and values");
        Dictionary<string, string>? attributes = null;
        _names?.Clear();
        while (NextMember())
        {
            string name = Token.Text(ref _json);
            _attribute = name;
            Remember(name);
            _json.Read();
            string text = s_attribute.Read(ref _json, typeof(AttributeText), null!).Value;
            if (_attributes.Contains(name))
                (attributes ??= new Dictionary<string, string>(StringComparer.Ordinal)).Add(name, text);
            _attribute = null;
        }
        return attributes;
    }

    /// <summary>Passes over a member that is not known, and remembers that it was.</summary>
    private void PassOver(ref int seen, CallForm form, string place, string path) => PassOver(ref seen,
        form switch { CallForm.Prediction => typeof(PredictionRequest), CallForm.Recommendation => typeof(RecommendationRequest), _ => typeof(DecisionRequest) }, place, path);

    private void PassOver(ref int seen, Type form, string place, string path)
    {
        const int AnyUnknown = 1 << 30;
        string name = Token.Text(ref _json);
        _member = name;
        if ((seen & AnyUnknown) == 0)
            _names?.Clear();
        seen |= AnyUnknown;
        Remember(name);
        _unknown.Add(name, form, place, path);
        _json.Skip();
    }

    private void Remember(string name)
    {
        _names ??= new HashSet<string>(StringComparer.Ordinal);
        if (!_names.Add(name))
            throw new FormException(Twice);
        if (_names.Count > MostUnknown)
            throw new FormException($"found more than {MostUnknown} members in one object, expected those of /openapi/v1.json.");
    }

    private bool NextMember()
    {
        _json.Read();
        return _json.TokenType == JsonTokenType.PropertyName;
    }

    private bool NextItem()
    {
        _json.Read();
        return _json.TokenType != JsonTokenType.EndArray;
    }

    private string Once(ref int seen, int bit, string member)
    {
        _member = member;
        if ((seen & bit) != 0)
            throw new FormException(Twice);
        seen |= bit;
        return member;
    }

    /// <summary>Goes to a member's value; false where it is null, which is as if it were not there.</summary>
    private bool Value(string member)
    {
        _member = member;
        _json.Read();
        return _json.TokenType != JsonTokenType.Null;
    }

    private DateOnly Day() => s_day.Read(ref _json, typeof(DateOnly), null!);

    private double Number() => s_number.Read(ref _json, typeof(double), null!);

    private string Text() => _json.TokenType == JsonTokenType.String ? Token.Text(ref _json) : throw Token.Unexpected(ref _json, "text in quotes");

    /// <summary>The text of a string token in a buffer that grows to it; returns its characters.</summary>
    private int Text(ref char[] buffer)
    {
        if (_json.TokenType != JsonTokenType.String)
            throw Token.Unexpected(ref _json, "text in quotes");
        if (buffer.Length < _json.ValueSpan.Length)
            buffer = new char[2 * _json.ValueSpan.Length];
        return Token.Copy(ref _json, buffer);
    }

    /// <summary>The text of a string token as one of a column's names.</summary>
    private LineText Name(NameCodes names)
    {
        int length = Text(ref _name), known = names.Count, code = names.Add(_name.AsSpan(0, length));
        return new LineText(length, code, code == known);
    }

    private byte[] Raw()
    {
        if (_json.TokenType != JsonTokenType.StartObject)
            throw Token.Unexpected(ref _json, "an object like {\"format\":1,\"channels\":[...],\"actions\":[...]}");
        int start = (int)_json.TokenStartIndex;
        _json.Skip();
        return _body[start..(int)_json.BytesConsumed].ToArray();
    }

    private readonly string Path
    {
        get
        {
            string place = (_i < 0 ? "" : $"customers[{_i}]") + (_j < 0 ? "" : $".transactions[{_j}]") + (_member is null ? "" : (_i < 0 ? "" : ".") + _member) + (_attribute is null ? "" : "." + _attribute);
            return place.Length == 0 ? "$" : Excerpt.Of(place);
        }
    }

    private readonly string Position
    {
        get
        {
            ReadOnlySpan<byte> before = _body[..(int)_json.TokenStartIndex];
            return string.Create(CultureInfo.InvariantCulture, $" (line {before.Count((byte)'\n') + 1}, byte {before.Length - before.LastIndexOf((byte)'\n')})");
        }
    }

    /// <summary>The parser's words without the place, which is given in our own form.</summary>
    private static string Words(string message)
    {
        int place = message.IndexOf(" LineNumber: ", StringComparison.Ordinal);
        return place < 0 ? message : message[..place];
    }
}
