using CustomerValue.Strategy.Naming;

namespace CustomerValue.Reporting.Design;

/// <summary>Currencies by their ISO 4217 codes, and how money of each is written.</summary>
public static class MoneySign
{
    /// <summary>A code and its amount stay on one line.</summary>
    private const char Bound = '\u00a0';

    private static readonly string[] s_all =
    ("AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK "
    + "JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS "
    + "SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG").Split(' ');

    /// <summary>The codes of money in use or out of use since 2026, in their order.</summary>
    public static IReadOnlyList<string> All => s_all;

    /// <summary>What stands before an amount: a sign where it is well known, else the code.</summary>
    /// <param name="code">ISO 4217 code.</param>
    /// <param name="language">Language of the page: yuan and yen share a sign, which one of them has bare in each.</param>
    public static string Before(string code, Language language) => (code, language) switch
    {
        ("EUR", _) => "€",
        ("USD", _) => "$",
        ("GBP", _) => "£",
        ("CNY", Language.Chinese) or ("JPY", Language.English) => "¥",
        ("CNY", _) => "CN¥",
        ("JPY", _) => "JP¥",
        _ => code + Bound,
    };
}
