namespace CustomerValue.BuyTillYouDie.Fitting;

/// <summary>A log-likelihood over parameters <c>theta</c>, which are logarithms of the model's positive parameters.</summary>
internal interface IObjective
{
    int Dimension { get; }

    /// <summary>The log-likelihood; its gradient with respect to <paramref name="theta"/> goes to <paramref name="gradient"/>.</summary>
    double Evaluate(ReadOnlySpan<double> theta, Span<double> gradient);
}
