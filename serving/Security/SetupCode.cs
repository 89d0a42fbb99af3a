using System.Security.Cryptography;
using System.Text;
using CustomerValue.CustomerBook.Access;

namespace CustomerValue.Serving.Security;

/// <summary>Lets whoever runs the service add the first person: a code that the program tells on its console, worth nothing once there is a person. Later the secret of a key with the scope admin does the same.</summary>
internal sealed class SetupCode(AccessList known)
{
    private const int Bytes = 15;

    /// <summary>The code of this run of the program.</summary>
    public string Text { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Whether a text lets somebody add a person.</summary>
    public async Task<bool> OpensAsync(string text, CancellationToken cancellation) =>
        (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(Text)) && await known.HasNobodyAsync(cancellation))
        || (await known.FindKeyAsync(text, cancellation))?.Scopes.Split(' ').Contains(AccessScope.Admin) == true;
}
