namespace CustomerValue.BuyTillYouDie;

/// <summary>A parameter of a fitted model.</summary>
/// <param name="Name">The name the papers use.</param>
/// <param name="Value">Its value.</param>
/// <param name="StandardError">Its standard error from the Hessian of the log-likelihood; NaN when unknown (a restored model, a flat likelihood).</param>
/// <param name="Meaning">The parameter in words.</param>
public sealed record ModelParameter(string Name, double Value, double StandardError, string Meaning);
