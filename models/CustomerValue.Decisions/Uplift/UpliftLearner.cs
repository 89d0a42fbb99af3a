namespace CustomerValue.Decisions.Uplift;

/// <summary>Ways to learn what a treatment changes for each customer.</summary>
public enum UpliftLearner
{
    /// <summary>One model of the outcome with the arm as a feature; the uplift is what changing the arm changes (Künzel, Sekhon, Bickel and Yu 2019).</summary>
    SLearner,

    /// <summary>A model of the outcome for each arm; the uplift is their difference.</summary>
    TLearner,

    /// <summary>Effects imputed with the other arm's model, learnt in treated and control and weighed by their shares (Künzel et al. 2019, equation 9).</summary>
    XLearner,

    /// <summary>Regression of a doubly robust pseudo-outcome whose mean is the uplift (Kennedy 2023, algorithm 1).</summary>
    DrLearner,

    /// <summary>
    /// One model of the outcome in treated and its contrary in control, weighed to equal shares (Jaskowski and Jaroszewicz 2012); for money the transformed outcome of
    /// Athey and Imbens (2016).
    /// </summary>
    ClassTransformation,
}

/// <summary>What an outcome is, and so what a unit of uplift is worth.</summary>
public enum UpliftOutcome
{
    /// <summary>Whether the customer bought (1 or 0); uplift in probability.</summary>
    Buying,

    /// <summary>Money spent; uplift in money of turnover.</summary>
    Spend,

    /// <summary>Margin; uplift in money earned.</summary>
    Margin,
}
