using System.Security.Claims;
using CustomerValue.CustomerBook.Access;
using CustomerValue.Serving.Configuration;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Security;

/// <summary>Lets people in who know their password. Whoever guesses waits: after five wrong passwords in a row a name is refused for a quarter of an hour, and passwords are looked at one after the other.</summary>
internal sealed class SignInDesk(AccessList known, IOptions<ServingOptions> options, TimeProvider clock) : IDisposable
{
    /// <summary>Wrong passwords in a row.</summary>
    public const int MostWrong = 5;

    private const int MostNames = 10_000;
    private static readonly TimeSpan s_rest = TimeSpan.FromMinutes(15), s_queue = TimeSpan.FromSeconds(10);
    private readonly Dictionary<string, (int Wrong, DateTimeOffset Last)> _wrong = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Signs a person in.</summary>
    /// <returns>How it went.</returns>
    public async Task<SignIn> TryAsync(HttpContext context, string name, string password)
    {
        if (!options.Value.Security.LocalAccounts)
            return SignIn.Wrong;
        string kept = AccessPerson.NameOf(name);
        if (!await _one.WaitAsync(s_queue, context.RequestAborted))
            return SignIn.Busy;
        try
        {
            if (MustWait(kept))
                return SignIn.TooOften;
            AccessPerson? person = await known.FindPersonAsync(kept, context.RequestAborted);
            if (password.Length > Password.Most || !Password.IsOf(person?.Hash ?? Password.OfNobody, password) || person is null)
            {
                Count(kept);
                return SignIn.Wrong;
            }
            _wrong.Remove(kept);
            ClaimsPrincipal caller = Caller.Of(person.Name, CookieAuthenticationDefaults.AuthenticationScheme, AccessRole.ScopesOf(person.Role), new Claim(Caller.StampClaim, person.Stamp));
            await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, caller);
            return SignIn.Done;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private bool MustWait(string name) => _wrong.TryGetValue(name, out (int Wrong, DateTimeOffset Last) found) && found.Wrong >= MostWrong && clock.GetUtcNow() - found.Last < s_rest;

    private void Count(string name)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (_wrong.Count >= MostNames)
            foreach (string old in _wrong.Where(pair => now - pair.Value.Last >= s_rest).Select(pair => pair.Key).ToArray())
                _wrong.Remove(old);
        int before = _wrong.TryGetValue(name, out (int Wrong, DateTimeOffset Last) found) && now - found.Last < s_rest ? found.Wrong : 0;
        if (_wrong.Count < MostNames || before > 0)
            _wrong[name] = (before + 1, now);
    }
}

/// <summary>How signing in went.</summary>
internal enum SignIn
{
    Done,
    Wrong,
    TooOften,
    Busy,
}
