using CustomerValue.Strategy.Lifecycle;
using CustomerValue.Strategy.Naming;
using CustomerValue.Strategy.Quadrants;
using CustomerValue.Strategy.Tests.Bases;

namespace CustomerValue.Strategy.Tests.Naming;

public class WordingTests
{
    public static TheoryData<Language> Languages() => [Language.English, Language.Chinese];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Everything_has_a_name_and_a_practice(Language language)
    {
        Wording words = Wording.In(language);
        List<string> texts =
        [
            .. Enum.GetValues<ValueKind>().Select(words.Name),
            .. Enum.GetValues<Quadrant>().Select(words.Name),
            .. Enum.GetValues<LifecycleStage>().Select(words.Name),
            .. Enum.GetValues<Recommendation>().Select(words.Name),
        ];
        foreach (Recommendation recommendation in Enum.GetValues<Recommendation>())
        {
            Practice practice = words.Practice(recommendation, new StrategyOptions());
            texts.AddRange([practice.Name, practice.ServiceLevel, practice.Channels, practice.NextStep]);
        }

        texts.Should().OnlyContain(text => text.Length > 0 && text.Any(IsChinese) == (language == Language.Chinese));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_customer_has_reasons_in_the_language(Language language)
    {
        StrategyInput input = RandomBase.Of(500, seed: 2);
        CustomerStrategies strategies = CustomerStrategist.Apply(input, CustomerStrategist.Learn(input, new StrategyOptions()));

        for (int i = 0; i < strategies.Count; i++)
            strategies.Reasons(i, language).Should().HaveCountGreaterThanOrEqualTo(3)
                .And.OnlyContain(reason => reason.Any(IsChinese) == (language == Language.Chinese) && !reason.Contains('{') && !reason.Contains("NaN"));
    }

    private static bool IsChinese(char c) => c is >= '\u4e00' and <= '\u9fff';
}
