namespace CustomerValue.Data.Transactions.Recognition;

/// <summary>Latin letters without their accents; the program runs without the tables of a culture.</summary>
internal static class Accents
{
    private static readonly Dictionary<char, string> s_plain = new[]
    {
        ("àáâãäåāăą", "a"), ("çćč", "c"), ("ďđ", "d"), ("èéêëēęě", "e"), ("ğ", "g"), ("ìíîïīı", "i"), ("ł", "l"), ("ñńň", "n"), ("òóôõöøō", "o"), ("ř", "r"),
        ("śšş", "s"), ("ťţ", "t"), ("ùúûüūůű", "u"), ("ýÿ", "y"), ("źżž", "z"), ("ß", "ss"), ("æ", "ae"), ("œ", "oe"),
    }.SelectMany(pair => pair.Item1.Select(letter => (letter, pair.Item2))).ToDictionary(pair => pair.letter, pair => pair.Item2);

    /// <summary>A lower-case letter as plain letters; any other character as it is.</summary>
    public static string Fold(char letter) => letter < 0x80 ? letter.ToString() : s_plain.GetValueOrDefault(letter, letter.ToString());
}
