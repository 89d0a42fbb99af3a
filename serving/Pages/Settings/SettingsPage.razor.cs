using System.Globalization;
using CustomerValue.CustomerBook.Access;
using CustomerValue.CustomerBook.Erasure;
using CustomerValue.CustomerBook.Work;
using CustomerValue.Data.Diagnostics;
using CustomerValue.Decisions.Planning;
using CustomerValue.Reporting.Design;
using CustomerValue.Serving.Configuration;
using CustomerValue.Serving.Json;
using CustomerValue.Serving.Models;
using CustomerValue.Serving.Pages.Shell;
using CustomerValue.Serving.Security;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace CustomerValue.Serving.Pages.Settings;

/// <summary>People, keys, currency, erasure, what values go by, and what was done. What a form does is shown at once and not led on from: a secret stands in no address.</summary>
public sealed partial class SettingsPage : SpokenPage
{
    private const int MostRecords = 50;

    private IReadOnlyList<AccessPerson> _people = [];
    private IReadOnlyList<AccessKey> _keys = [];
    private IReadOnlyList<AuditRecord> _audit = [];
    private IReadOnlyList<(string Name, string Value)>? _rules;
    private int _uncontacted;
    private string? _done, _wrong, _secret;

    [Inject] internal AccessDatabase Access { get; set; } = null!;

    [Inject] internal AccessList Known { get; set; } = null!;

    [Inject] internal PeopleDesk People { get; set; } = null!;

    [Inject] internal IOptions<ServingOptions> Options { get; set; } = null!;

    private SecurityOptions Security => Options.Value.Security;

    [Inject] internal CustomerErasure Erasing { get; set; } = null!;

    [Inject] internal Champion Champion { get; set; } = null!;

    [Inject] internal Audit Audit { get; set; } = null!;

    [Inject] internal WorkDatabase Work { get; set; } = null!;

    /// <summary>Whom nobody may contact.</summary>
    [SupplyParameterFromForm(FormName = "forbid")] public IFormFile? File { get; set; }

    [Inject] internal HouseCurrency Currency { get; set; } = null!;

    [Inject] internal TimeProvider Clock { get; set; } = null!;

    private DateTime Now => Clock.GetUtcNow().UtcDateTime;

    private HttpContext Context => Scope.Context!;

    private IFormCollection Form => Context.Request.Form;

    protected override async Task OnInitializedAsync()
    {
        _rules = Champion.Current is { } model ? SettingsFacts.Of(model, Scope.Language) : null;
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        _people = await Access.PeopleAsync(Cancelled);
        _keys = await Access.KeysAsync(Cancelled);
        _audit = await Access.AuditAsync(MostRecords, Cancelled);
        _uncontacted = await Work.CountUncontactedAsync(Cancelled);
    }

    private async Task AddPersonAsync()
    {
        (string name, string password, string role) = (Form["name"].ToString(), Form["password"].ToString(), Form["role"].ToString());
        if (_people.Count == 0 && role != AccessRole.Admin)
            role = AccessRole.Admin; // somebody must be able to add the next
        if (PeopleDesk.Wrong(name, password, role) is { } wrong)
        {
            _wrong = T(wrong);
            return;
        }
        if (IsLastAdmin(AccessPerson.NameOf(name)) && role != AccessRole.Admin)
        {
            _wrong = T("There would be no admin left. Make somebody else an admin first.");
            return;
        }
        await Audit.WriteAsync(Context, "save person", $"{AccessPerson.NameOf(name)}, {role}");
        await People.SaveAsync(name, password, role, Cancelled);
        await DoneAsync("{0} can sign in.", AccessPerson.NameOf(name));
    }

    private async Task ChangeRoleAsync(AccessPerson person)
    {
        string role = Form["role"].ToString();
        if (!AccessRole.All.Contains(role))
            return;
        if (IsLastAdmin(person.Name) && role != AccessRole.Admin)
        {
            _wrong = T("There would be no admin left. Make somebody else an admin first.");
            return;
        }
        await Audit.WriteAsync(Context, "change role", $"{person.Name}, {role}");
        await People.ChangeRoleAsync(person, role, Cancelled);
        await DoneAsync("{0} has the new role and signs in anew.", person.Name);
    }

    private async Task LockAsync(AccessPerson person)
    {
        bool isLocked = person.Locked is null;
        if (isLocked && IsLastAdmin(person.Name))
        {
            _wrong = T("There would be no admin left. Make somebody else an admin first.");
            return;
        }
        await Audit.WriteAsync(Context, isLocked ? "lock out" : "let in again", person.Name);
        await People.LockAsync(person, isLocked, Cancelled);
        await DoneAsync(isLocked ? "{0} is locked out." : "{0} can sign in.", person.Name);
    }

    private async Task AddKeyAsync()
    {
        (string name, string scope) = (Form["name"].ToString().Trim(), Form["scope"].ToString());
        if (name.Length == 0 || !AccessScope.All.Contains(scope))
        {
            _wrong = T("A key has a name and something that it may.");
            return;
        }
        string secret = KeySecret.New();
        await Audit.WriteAsync(Context, "make key", $"{KeySecret.PrefixOf(secret)}, {name}, {scope}");
        await Access.AddAsync(new AccessKey
        {
            Prefix = KeySecret.PrefixOf(secret),
            Name = name,
            Hash = KeySecret.HashOf(secret),
            Scopes = scope,
            Created = Now,
            Expires = int.TryParse(Form["days"], NumberStyles.None, CultureInfo.InvariantCulture, out int days) && days is > 0 and <= 3650 ? Now.AddDays(days) : null,
        }, cancellation: Cancelled);
        Known.Forget();
        _secret = secret;
        await ReadAsync();
    }

    private async Task RevokeAsync(AccessKey key)
    {
        await Audit.WriteAsync(Context, "revoke key", $"{key.Prefix}, {key.Name}");
        await Access.RevokeAsync(key.Prefix, Now, Cancelled);
        Known.Forget();
        await DoneAsync("The key {0} is worth nothing any more.", key.Prefix);
    }

    private async Task ForbidAsync()
    {
        if (File is not { Length: > 0 } sent)
        {
            _wrong = T("Found no file, expected one with the column customer_id. Nothing has changed.");
            return;
        }
        using UploadedFile file = await UploadedFile.KeepAsync(sent, Cancelled);
        try
        {
            string[] customers = [.. CustomerLists.ReadIds(file.Path).Distinct(StringComparer.Ordinal)];
            await Audit.WriteAsync(Context, "take over who is not contacted", $"{customers.Length} customers");
            await Work.ForbidAsync(customers, onlyThese: true, Now, Cancelled);
            await DoneAsync("{0} customers are not contacted any more.", Readable.Count(customers.Length));
        }
        catch (BadDataException error)
        {
            _wrong = file.Named(error.Message);
        }
    }

    private async Task SetCurrencyAsync()
    {
        string code = Form["currency"].ToString().Trim().ToUpperInvariant();
        if (code.Length > 0 && !MoneySign.All.Contains(code))
        {
            _wrong = T("The currency: found '{0}', expected a code of ISO 4217 such as EUR, or nothing. Nothing has changed.", Excerpt.Of(code));
            return;
        }
        await Audit.WriteAsync(Context, "set currency", code.Length == 0 ? "none" : code);
        await Currency.SetAsync(code.Length == 0 ? null : code);
        await (code.Length == 0 ? DoneAsync("Money on the pages is a plain number from now on.") : DoneAsync("Money on the pages stands in {0} from now on.", code));
    }

    private async Task EraseAsync()
    {
        string customer = Form["customer"].ToString().Trim();
        if (customer.Length == 0 || customer != Form["again"].ToString().Trim())
        {
            _wrong = T("The two ids differ; nothing was erased.");
            return;
        }
        // Not to be broken off half-way by a visitor who leaves.
        ErasureReceipt erased = await Erasing.EraseAsync(customer, Context.User.Name(), CancellationToken.None);
        await DoneAsync("Erased. In the book: {0}; contacts: {1}; segments: {2}; campaigns: {3}; uploaded files: {4}; reported transactions and kept forecasts: {5}.", T(erased.WasInBook ? "yes" : "no"), erased.Contacts, erased.Segments.Count, erased.Campaigns.Count, erased.Uploads, erased.Outcomes);
    }

    private bool IsLastAdmin(string name) => _people.Where(person => person.Locked is null && person.Role == AccessRole.Admin).Select(person => person.Name) is var admins && admins.Contains(name) && admins.Count() == 1;

    private async Task DoneAsync(string sentence, params object[] values)
    {
        _done = T(sentence, values);
        await ReadAsync();
    }

    private static string Day(DateTime time) => Readable.Day(DateOnly.FromDateTime(time));
}
