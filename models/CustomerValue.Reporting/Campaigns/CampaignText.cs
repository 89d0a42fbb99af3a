using CustomerValue.Decisions.Campaigns;
using CustomerValue.Reporting.Design;
using CustomerValue.Strategy.Naming;

namespace CustomerValue.Reporting.Campaigns;

/// <summary>Headings and sentences of the page of a campaign in one language; English is its own key.</summary>
public sealed class CampaignText
{
    private static readonly Dictionary<string, string> s_chinese = new(StringComparer.Ordinal)
    {
        ["Campaign"] = "营销活动",
        ["{0} to {1}"] = "{0} 至 {1}",
        [", so far; whole on {0}"] = "，阶段结果；完整结果于 {0} 可得",
        ["What each arm earned"] = "各组带来多少",
        ["more margin than leaving them alone, over all customers of the arm"] = "与不接触相比多出的毛利（该组全部客户合计）",
        ["Points are what was measured, lines its {0} % interval, grey where it may as well be nothing; the amber mark is what the arm cost. An arm paid for certain where its whole line lies to the right of the mark."] = "圆点为实测值，横线为 {0} % 区间，灰色表示也可能毫无效果；琥珀色标记为该组成本。整条横线位于标记右侧时，该组确定收回成本。",
        ["Beyond the customers left alone, over all customers of the arm"] = "超出对照组的部分（该组全部客户合计）",
        ["Arm"] = "组",
        ["Customers"] = "客户数",
        ["More buyers"] = "新增购买者",
        ["More margin"] = "新增毛利",
        ["Interval"] = "区间",
        ["between {0} and {1}"] = "{0}至{1}之间",
        ["All outcomes"] = "全部结果",
        ["All tests"] = "全部测试",
        ["All figures of the arms"] = "各组全部数字",
        ["What else it shows"] = "其他发现",
        ["{0} more"] = "另外 {0} 条",
        ["more margin a customer"] = "每位客户多出的毛利",
        ["Cost"] = "成本",
        ["Return on money"] = "投入回报率",
        ["Cost of a buyer"] = "每位新增购买者成本",
        ["{0}, a customer"] = "{0}：每位客户",
        ["{0} customers were drawn for it, contacted or not; {1} were left alone."] = "抽中 {0} 位客户（无论是否实际接触）；{1} 位未被接触。",
        ["Mean a customer; the forecast of each is taken into account"] = "每位客户均值，已计入各自的预测",
        ["Outcome"] = "结果",
        ["Left alone"] = "未接触",
        ["More"] = "增加",
        ["By chance"] = "偶然概率",
        ["By strategy"] = "按策略",
        ["By predicted spend"] = "按预测消费额",
        ["more spend a customer"] = "每位客户多出的消费额",
        ["Groups are small: few of these differences are sure even where the whole is."] = "分组较小：即使总体确定，这些差异也少有确定的。",
        ["Tenth 1 was expected to spend least, tenth 10 most."] = "第 1 个十分位预测消费最低，第 10 个最高。",
        ["tenth {0}"] = "十分位 {0}",
        ["Whether to believe it"] = "是否可信",
        ["fine"] = "正常",
        ["not sound"] = "不可靠",
        ["probability {0}"] = "概率 {0}",
        ["The customers left alone: what was forecast of them and what came"] = "未接触客户：预测与实际",
        ["Forecast"] = "预测",
        ["Came"] = "实际",
        ["Forecast over what came"] = "预测与实际之差",
        ["How it was drawn"] = "如何抽取",
        ["For"] = "对象",
        ["everybody"] = "全部客户",
        ["Planned as of"] = "计划基准日",
        ["Forecast by"] = "预测模型",
        ["{0} of {1}, drawn by chance within strategy, value and churn"] = "{1} 位中的 {0} 位，在策略、价值与流失分层内随机抽取",
        ["Intervals"] = "区间",
        ["{0} % for all arms together"] = "各组合计 {0} %",
        [", and for every look at once"] = "，且对每次查看同时成立",
        ["Assignment"] = "分组文件",
        ["What each level changes"] = "各水平带来的变化",
        ["more margin a customer than the first level"] = "与第一水平相比每位客户多出的毛利",
        ["Combinations count alike, so what one factor does is not taken for another's. Each line is a {0} % interval by itself; the probabilities below are corrected for the number of effects."] = "各组合权重相同，因此因素之间互不混淆。每条横线各自为 {0} % 区间；下方概率已按效应个数校正。",
        ["Main effects, and how levels change each other; a customer"] = "主效应与交互效应（每位客户）",
        ["Level"] = "水平",
        ["Before"] = "基准",
        ["Change"] = "变化",
        ["What each test showed"] = "各项测试的结果",
        ["Margin a customer beyond those held back; {0} of {1} are called real, of which {2} at most are to be expected to be chance"] = "与对照相比每位客户多出的毛利；{1} 项中 {0} 项判定为真实，其中预期至多 {2} 出于偶然",
        ["Test"] = "测试",
        ["Got it"] = "接触",
        ["Held back"] = "对照",
        ["buyers"] = "购买者比例",
        ["purchases"] = "购买次数",
        ["spend"] = "消费额",
        ["margin"] = "毛利",
        ["sample ratio"] = "样本比例",
        ["before the start"] = "开始之前",
        ["contamination"] = "对照组被接触",
    };

    private CampaignText(Language language) => Language = language;

    /// <summary>The language.</summary>
    public Language Language { get; }

    /// <summary>The text of a language.</summary>
    public static CampaignText In(Language language) => new(language);

    /// <summary>The text, by its English.</summary>
    public string this[string english] => Language == Language.Chinese ? s_chinese[english] : english;

    /// <summary>A pattern, by its English, filled in.</summary>
    public string With(string english, params object[] values) => string.Format(System.Globalization.CultureInfo.InvariantCulture, this[english], values);

    /// <summary>An amount in short.</summary>
    public string Money(double value) => Readable.Money(value, Language);

    /// <summary>An interval in words.</summary>
    public string Between(double low, double high) => Readable.Between(low, high, Language);

    /// <summary>An estimate with its interval in words.</summary>
    public string Between(double estimate, double low, double high) => $"{Money(estimate)}{(Language == Language.Chinese ? "，" : ", ")}{Between(low, high)}";

    /// <summary>A probability of chance alone.</summary>
    public static string Chance(double? probability) => probability is not { } p ? "–" : p < 0.001 ? "< 0.001" : Readable.Number(p);

    /// <summary>A check in words.</summary>
    public string Of(CampaignCheck check) => Language == Language.Chinese ? CampaignWords.InChinese(check) : check.Words;
}
