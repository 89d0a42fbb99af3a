namespace CustomerValue.Data.Transactions.Recognition;

/// <summary>What stands behind a date.</summary>
/// <param name="HasTime">Whether a time does.</param>
/// <param name="Seconds">Seconds since midnight.</param>
/// <param name="OffsetMinutes">Minutes ahead of UTC, where an offset or UTC is named.</param>
/// <param name="Zone">Name of the zone, where one is named.</param>
internal readonly record struct ClockTime(bool HasTime, int Seconds, int? OffsetMinutes, string? Zone);

/// <summary>Walks over a written date.</summary>
internal ref struct DateScanner(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;

    private static ReadOnlySpan<byte> Year => "年"u8;

    private static ReadOnlySpan<byte> Month => "月"u8;

    private static ReadOnlySpan<byte> Day => "日"u8;

    public readonly bool AtEnd => _at == _text.Length;

    private readonly byte Here => _at < _text.Length ? _text[_at] : (byte)0;

    /// <summary>A weekday and what separates it from the date.</summary>
    public void SkipWeekday()
    {
        int end = WordEnd();
        if (end == _at || !MonthNames.IsWeekday(_text[_at..end]))
            return;
        _at = end;
        while (Here is (byte)',' or (byte)'.' or (byte)' ')
            _at++;
    }

    /// <summary>yyyyMMdd with HHmmss behind, without anything between.</summary>
    public bool TryCompact(out int year, out int month, out int day)
    {
        (year, month, day) = (0, 0, 0);
        int digits = Digits();
        if (digits != 14 && !(digits == 8 && _at + 8 < _text.Length && _text[_at + 8] is (byte)'T' or (byte)' '))
            return false;
        year = Value(4);
        month = Value(2);
        day = Value(2);
        return true;
    }

    public bool TryNumber(out int value, out int digits)
    {
        digits = Digits();
        value = 0;
        if (digits is 0 or > 4)
            return false;
        value = Value(digits);
        // 1st, 2nd, 3rd, 4th
        if (_at + 1 < _text.Length && (_text[_at] | 0x20, _text[_at + 1] | 0x20) is ('s', 't') or ('n', 'd') or ('r', 'd') or ('t', 'h'))
            _at += 2;
        return true;
    }

    public bool TryMonth(out int month)
    {
        int end = WordEnd();
        month = end > _at ? MonthNames.Month(_text[_at..end]) : 0;
        if (month == 0)
            return false;
        _at = end;
        return true;
    }

    /// <summary>What stands between two parts: one of / . - , or blanks, "de", "of", a sign for year or month; nothing between digits and letters.</summary>
    public bool TrySeparator()
    {
        int start = _at;
        bool Take(ReadOnlySpan<byte> word, ref DateScanner scan)
        {
            if (!scan._text[scan._at..].StartsWith(word))
                return false;
            scan._at += word.Length;
            return true;
        }
        if (Take(Year, ref this) || Take(Month, ref this))
            return true;
        while (Here is (byte)'/' or (byte)'.' or (byte)'-' or (byte)',' or (byte)' ')
            _at++;
        if (_at > start && (Take("de "u8, ref this) || Take("del "u8, ref this) || Take("of "u8, ref this)))
            return true;
        if (_at - start > 3)
            return false;
        if (_at > start)
            return _text[start..(_at)].IndexOfAny("/.-"u8) < 0 || _text[start.._at].Trim((byte)' ').Length == 1;
        bool digitsBefore = start > 0 && char.IsAsciiDigit((char)_text[start - 1]);
        return digitsBefore != char.IsAsciiDigit((char)Here) && !AtEnd;
    }

    /// <summary>The sign for day or month, or a point, that may end a date.</summary>
    public void EndDate()
    {
        if (_text[_at..].StartsWith(Day) || _text[_at..].StartsWith(Month))
            _at += Day.Length;
        else if (Here == '.' && _at + 1 == _text.Length)
            _at++;
    }

    /// <summary>Nothing, or a time with what may follow it; false where something else does.</summary>
    public bool TryTime(out ClockTime time)
    {
        time = default;
        if (AtEnd)
            return true;
        bool compact = char.IsAsciiDigit((char)Here);
        if (!compact)
        {
            int start = _at;
            if (Here is (byte)'T' or (byte)'t')
                _at++;
            else
                while (Here is (byte)' ' or (byte)',' or (byte)'-')
                    _at++;
            if (_at == start)
                return false;
            if (AtEnd)
                return true;
        }
        return TryClock(out int seconds) && TryZone(out int? offset, out string? zone) && Done(seconds, offset, zone, out time);
    }

    private static bool Done(int seconds, int? offset, string? zone, out ClockTime time)
    {
        time = new ClockTime(true, seconds, offset, zone);
        return true;
    }

    private bool TryClock(out int seconds)
    {
        seconds = 0;
        int digits = Digits();
        if (digits is not (1 or 2 or 4 or 6))
            return false;
        int hour = Value(Math.Min(2, digits)), minute = 0, second = 0;
        if (digits > 2)
        {
            minute = Value(2);
            second = digits == 6 ? Value(2) : 0;
        }
        else if (Here is (byte)':' or (byte)'.' or (byte)'h')
        {
            _at++;
            if (Digits() < 2)
                return false;
            minute = Value(2);
            if (Here is (byte)':' or (byte)'.')
            {
                _at++;
                if (Digits() < 2)
                    return false;
                second = Value(2);
            }
        }
        if (Here is (byte)'.' or (byte)',' && digits != 1)
        {
            _at++;
            _at += Digits();
        }
        if (!TryHalf(ref hour))
            return false;
        seconds = hour * 3600 + minute * 60 + second;
        return hour <= 24 && minute <= 59 && second <= 60;
    }

    /// <summary>AM or PM, with or without points and a blank before.</summary>
    private bool TryHalf(ref int hour)
    {
        int at = _at;
        while (at < _text.Length && (_text[at] == ' ' || _text[at] >= 0x80))
            at++;
        if (at >= _text.Length || (_text[at] | 0x20) is not ('a' or 'p'))
            return true;
        bool afternoon = (_text[at] | 0x20) == 'p';
        int next = at + 1;
        if (next < _text.Length && _text[next] == '.')
            next++;
        if (next >= _text.Length || (_text[next] | 0x20) != 'm' || (next + 1 < _text.Length && char.IsAsciiLetter((char)_text[next + 1])))
            return true;
        _at = next + 1;
        if (Here == '.')
            _at++;
        if (hour is 0 or > 12)
            return false;
        hour = hour % 12 + (afternoon ? 12 : 0);
        return true;
    }

    /// <summary>Z, an offset, an abbreviation or a name of a zone, in brackets or not.</summary>
    private bool TryZone(out int? offset, out string? zone)
    {
        (offset, zone) = (null, null);
        while (Here == ' ')
            _at++;
        int word = _at;
        while (char.IsAsciiLetter((char)Here) || Here is (byte)'/' or (byte)'_')
            _at++;
        ReadOnlySpan<byte> name = _text[word.._at];
        if (name.Length > 0)
        {
            if (name.SequenceEqual("Z"u8) || name.SequenceEqual("z"u8) || name.SequenceEqual("UTC"u8) || name.SequenceEqual("GMT"u8))
                offset = 0;
            else if (name.Length < 3)
                return false;
            else
                zone = System.Text.Encoding.ASCII.GetString(name);
        }
        if (Here is (byte)'+' or (byte)'-' && !TryOffset(ref offset))
            return false;
        while (Here == ' ')
            _at++;
        if (Here is (byte)'[' or (byte)'(' && _text[^1] is (byte)']' or (byte)')')
            _at = _text.Length;
        return AtEnd;
    }

    private bool TryOffset(ref int? offset)
    {
        int sign = Here == '-' ? -1 : 1;
        _at++;
        int digits = Digits();
        if (digits is not (2 or 4))
            return false;
        int minutes = 60 * Value(2);
        if (Here == ':')
            _at++;
        if (Digits() >= 2)
            minutes += Value(2);
        offset = sign * minutes;
        return true;
    }

    private readonly int WordEnd()
    {
        int end = _at;
        while (end < _text.Length && (char.IsAsciiLetter((char)_text[end]) || (_text[end] >= 0x80 && !_text[end..].StartsWith(Year) && !_text[end..].StartsWith(Month) && !_text[end..].StartsWith(Day))))
            end++;
        return end;
    }

    private readonly int Digits()
    {
        int digits = 0;
        while (_at + digits < _text.Length && char.IsAsciiDigit((char)_text[_at + digits]))
            digits++;
        return digits;
    }

    private int Value(int digits)
    {
        int value = 0;
        for (int i = 0; i < digits; i++)
            value = value * 10 + _text[_at++] - '0';
        return value;
    }
}
