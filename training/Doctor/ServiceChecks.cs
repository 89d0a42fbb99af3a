using System.Globalization;
using CustomerValue.Training.Terminal;

namespace CustomerValue.Training.Doctor;

/// <summary>Whether a running service can be reached, serves, and is as closed as it should be.</summary>
internal sealed class ServiceChecks(ServiceProbe probe, CommandEnvironment environment)
{
    private const int LateSeconds = 5, OldOutcomeDays = 30, CertificateDays = 21;
    private const string Live = "health/live", Ready = "health/ready", Models = "v1/models", Metrics = "metrics", Predictions = "v1/predictions";
    private const string Example = """{"customers":[{"customer_id":"doctor","transactions":[{"date":"2024-01-01","amount":20}]}]}""";
    private static readonly TimeSpan s_slow = TimeSpan.FromSeconds(1);
    private static readonly (string Name, string Part)[] s_headers = [("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"), ("Content-Security-Policy", "frame-ancestors 'none'")];

    private DateOnly ThisDay => DateOnly.FromDateTime(environment.Clock.GetUtcNow().UtcDateTime);

    /// <summary>All checks, each as soon as it is known; where nothing of ours answers, the others are not asked.</summary>
    public async IAsyncEnumerable<DoctorCheck> AllAsync()
    {
        Reach reach = ServiceAddress.ReachOf(await probe.AddressesAsync());
        DoctorCheck address = ServiceAddress.Check(probe.Service, reach);
        if (address.State == CheckState.Broken)
            probe.Key = null;
        ProbeAnswer live = await AskWarmAsync();
        yield return OfLive(live);
        if (live.Failure is not null && OfCertificate() is { } distrusted)
            yield return distrusted;
        if (live.Member("status") != "live")
            yield break;
        yield return address;
        if (OfCertificate() is { } certificate)
            yield return certificate;
        yield return OfClock(live);

        ProbeAnswer ready = await probe.AskAsync(Ready, withKey: false);
        foreach (DoctorCheck check in OfReadiness(ready))
            yield return check;
        ProbeAnswer open = await probe.AskAsync(Models, withKey: false), models = probe.Key is null ? open : await probe.AskAsync(Models);
        yield return OfKeys(open, reach);
        if (probe.Key is not null)
            yield return OfKey(models);
        yield return OfHeaders(open);
        yield return OfModel(ready, await probe.AskAsync(Models + "/champion"));
        yield return OfBook(await probe.AskAsync("v1/customers?limit=1"), ready);
        yield return OfMetrics(await probe.AskAsync(Metrics));
        // The first may wait for code to be compiled; the second is what callers meet.
        _ = await probe.AskAsync(Predictions, body: Example);
        yield return OfPrediction(await probe.AskAsync(Predictions, body: Example));
        if (ready.Member("champion", "version") is { } version)
            yield return OfOutcomes(await probe.AskAsync($"v1/models/{Uri.EscapeDataString(version)}/accuracy"));
    }

    /// <summary>The second of two calls, so that the connection is not part of its time; the first where that failed.</summary>
    private async Task<ProbeAnswer> AskWarmAsync()
    {
        ProbeAnswer first = await probe.AskAsync(Live, withKey: false);
        return first.Failure is null ? await probe.AskAsync(Live, withKey: false) : first;
    }

    private DoctorCheck OfLive(ProbeAnswer live) =>
        live.Failure is not null && probe.CertificateFault is { } fault ? Of("live", live, CheckState.Broken, $"{live.Place}: a certificate {fault.Found}", fault.Advice, fault.Expected)
        : live.Failure is { } failure ? Of("live", live, CheckState.Broken, $"{live.Place}: {failure}", "Start the service, or name the address it listens on; a firewall or proxy between may be in the way.", "an answer")
        : live.Problem == "unknown-host" ? Of("live", live, CheckState.Broken, live.Said, "Add the name to AllowedHosts.", "a name that the service answers to")
        : live.Member("status") != "live" ? Of("live", live, CheckState.Broken, live.Said, "Another program answers there; name the service's address, with the path a proxy gives it.", "200 with status live")
        : Of("live", live, CheckState.Fine, $"answers in {Figures.Duration(live.Took)}");

    private DoctorCheck? OfCertificate() => probe.CertificateEnds is not { } ends ? null
        : probe.CertificateFault is { } fault ? new DoctorCheck("certificate", CheckState.Broken, fault.Found, fault.Advice) { Place = probe.Service.ToString(), Expected = fault.Expected }
        : ends - environment.Clock.GetUtcNow() < TimeSpan.FromDays(CertificateDays) ? new DoctorCheck("certificate", CheckState.Note, $"good until {Figures.Day(DateOnly.FromDateTime(ends.UtcDateTime))}", "Renew it.") { Place = probe.Service.ToString(), Expected = $"{CertificateDays} days and more" }
        : new DoctorCheck("certificate", CheckState.Fine, $"good until {Figures.Day(DateOnly.FromDateTime(ends.UtcDateTime))}") { Place = probe.Service.ToString() };

    /// <summary>The header has whole seconds, and came somewhere within the call.</summary>
    private DoctorCheck OfClock(ProbeAnswer live)
    {
        if (live.Date is not { } date)
            return Of("clock", live, CheckState.Note, "no Date header", "A proxy takes it away; compare the clocks by hand.", "the service's time");
        double seconds = Math.Round((date - environment.Clock.GetUtcNow()).TotalSeconds);
        string found = Math.Abs(seconds) < 2 ? "as this machine's" : string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(seconds):0} s {(seconds > 0 ? "ahead of" : "behind")} this machine's");
        return Math.Abs(seconds) > LateSeconds + live.Took.TotalSeconds ? Of("clock", live, CheckState.Note, found, "Let both machines follow a time server; expiry of keys and today's date depend on it.", $"at most {LateSeconds} s") : Of("clock", live, CheckState.Fine, found);
    }

    private static IEnumerable<DoctorCheck> OfReadiness(ProbeAnswer ready)
    {
        if (ready.Status != 200)
        {
            yield return Of("ready", ready, CheckState.Broken, ready.Said, ready.Problem == "draining" ? "It is ending; ask again once it was started." : "Promote a version that is whole: models list, models promote.", "200 with a champion");
            yield break;
        }
        if (ready.Member("refused", "version") is { } refused)
            yield return Of("ready", ready, CheckState.Note, $"serves, but refused {refused}: {ready.Member("refused", "reason")}", "Mend that version or promote another; the one before goes on.", "the promoted version");
        else
            yield return Of("ready", ready, CheckState.Fine, $"{ready.Member("champion", "version")} since {Moment(ready.Member("champion", "since"))}");
        if (ready.Member("last_failure", "kind") is { } failure)
            yield return Of("failures", ready, CheckState.Note, $"a call failed at {Moment(ready.Member("last_failure", "at"))}: {failure}", "The log has its lines.", "none");
        if (ready.Member("challenger", "refused", "reason") is { } reason)
            yield return Of("challenger", ready, CheckState.Note, reason, "Take it off, or name another: models challenge.", "loaded");
    }

    private static DoctorCheck OfKeys(ProbeAnswer open, Reach reach) => open.Status switch
    {
        401 => Of("keys", open, CheckState.Fine, "demanded"),
        200 when reach == Reach.Machine => Of("keys", open, CheckState.Note, "not demanded: everyone on this machine may call", "keys add NAME makes the first.", "401"),
        200 => Of("keys", open, CheckState.Broken, "not demanded: everyone who reaches it reads customers", "Make a key with keys add NAME, or let the proxy ask who calls.", "401"),
        _ => Of("keys", open, CheckState.Note, open.Said, "Ask again; what it says names the way out.", "401"),
    };

    private static DoctorCheck OfKey(ProbeAnswer models) => models switch
    {
        { Status: 200 } => Of("key", models, CheckState.Fine, "may read"),
        { Status: 403, Problem: "missing-scope" } => Of("key", models, CheckState.Note, "known, and may not read: what needs it is left out", "keys add NAME --scopes read predict", "the scope read"),
        { IsRefusal: true } => Of("key", models, CheckState.Broken, models.Said, "keys list shows those that are valid; a proxy may take the header X-Api-Key away.", "a valid key"),
        _ => Of("key", models, CheckState.Note, models.Said, "Ask again; what it says names the way out.", "200"),
    };

    private DoctorCheck OfHeaders(ProbeAnswer answer)
    {
        string[] missing = [.. s_headers.Where(header => !answer.Headers.TryGetValue(header.Name, out string? value) || !value.Contains(header.Part, StringComparison.OrdinalIgnoreCase)).Select(header => $"{header.Name}: {header.Part}")];
        return missing.Length > 0 ? Of("headers", answer, CheckState.Broken, $"without {string.Join("; ", missing)}", "The service sends them; the proxy before it must let them through.", "them on every answer")
            : probe.Service.Scheme == Uri.UriSchemeHttps && !answer.Headers.ContainsKey("Strict-Transport-Security") ? Of("headers", answer, CheckState.Note, "all but Strict-Transport-Security", "Let the proxy add it, so that browsers never ask without TLS.", "it as well")
            : Of("headers", answer, CheckState.Fine, "not kept, not framed, not guessed at");
    }

    private DoctorCheck OfModel(ProbeAnswer ready, ProbeAnswer champion)
    {
        if (champion.Status == 200 && Day(champion.Member("cutoff")) is { } cutoff && int.TryParse(champion.Member("horizon_days"), CultureInfo.InvariantCulture, out int horizon))
        {
            int age = ThisDay.DayNumber - cutoff.DayNumber;
            string found = $"{champion.Member("version")}: {champion.Member("model")}, learnt from days before {Figures.Day(cutoff)}, {Figures.Count(age)} days ago";
            return age > horizon ? Of("model", champion, CheckState.Note, found, "Train on newer transactions, or see with drift whether it still holds.", $"at most its horizon of {horizon} days") : Of("model", champion, CheckState.Fine, found);
        }
        return Day(ready.Member("champion", "created")) is { } created
            ? Of("model", ready, CheckState.Fine, $"{ready.Member("champion", "version")}: {ready.Member("champion", "model")}, trained {Figures.Count(ThisDay.DayNumber - created.DayNumber)} days ago")
            : Of("model", ready, CheckState.Broken, "none serves", "Run train, or promote a version.", "a version that serves");
    }

    private DoctorCheck OfBook(ProbeAnswer book, ProbeAnswer ready)
    {
        if (book.IsRefusal)
            return NotShown("customer book", book, "read");
        if (book.Status != 200)
            return Of("customer book", book, book.Problem == "no-customer-book" ? CheckState.Note : CheckState.Broken, book.Said, book.Problem == "no-customer-book" ? "Run train or score." : "Predictions go on without it; mend the database.", "a book");
        string scored = $"as of {book.Member("as_of")}, scored {Moment(book.Member("scored_at"))} by {book.Member("model_version")}";
        if (book.Member("model_version") != ready.Member("champion", "version"))
            return Of("customer book", book, CheckState.Note, scored, "Run score to renew the book.", $"one scored by {ready.Member("champion", "version") ?? "the champion"}");
        bool isOver = Day(book.Member("as_of")) is { } asOf && int.TryParse(book.Member("horizon_days"), CultureInfo.InvariantCulture, out int horizon) && ThisDay.DayNumber > asOf.DayNumber + horizon;
        return isOver ? Of("customer book", book, CheckState.Note, scored, "Run score on newer transactions.", "a forecast whose horizon is not over") : Of("customer book", book, CheckState.Fine, scored);
    }

    private static DoctorCheck OfMetrics(ProbeAnswer metrics)
    {
        const string Build = "customer_value_build_info{", Version = ",version=\"";
        if (metrics.IsRefusal)
            return NotShown("metrics", metrics, "read");
        int line = metrics.Text.IndexOf(Build, StringComparison.Ordinal), at = line < 0 ? -1 : metrics.Text.IndexOf(Version, line, StringComparison.Ordinal);
        return metrics.Status == 200 && at >= 0
            ? Of("metrics", metrics, CheckState.Fine, $"told, by program {metrics.Text[(at + Version.Length)..].Split('"')[0].Split('+')[0]}")
            : Of("metrics", metrics, CheckState.Note, metrics.Said, "Let the proxy pass /metrics to whoever watches, or ask the service behind it.", "figures for Prometheus");
    }

    private static DoctorCheck OfPrediction(ProbeAnswer prediction) => prediction switch
    {
        { IsRefusal: true } => NotShown("prediction", prediction, "predict"),
        { Status: not 200 } => Of("prediction", prediction, CheckState.Broken, prediction.Said, "What it says names the way out.", "200"),
        _ when prediction.Took > s_slow => Of("prediction", prediction, CheckState.Note, $"one customer in {Figures.Duration(prediction.Took)}", "See in /metrics whether calls wait, and whether the network between is slow.", $"at most {Figures.Duration(s_slow)}"),
        _ => Of("prediction", prediction, CheckState.Fine, $"one customer in {Figures.Duration(prediction.Took)}"),
    };

    private DoctorCheck OfOutcomes(ProbeAnswer accuracy)
    {
        if (accuracy.IsRefusal)
            return NotShown("outcomes", accuracy, "read");
        if (accuracy.Status != 200)
            return Of("outcomes", accuracy, CheckState.Note, accuracy.Said, "What it says names the way out.", "200");
        if (Day(accuracy.Member("observed_through")) is not { } through)
            return Of("outcomes", accuracy, CheckState.Note, "none reported", "POST /v1/transactions takes what customers bought; then accuracy is known.", "purchases reported");
        int age = ThisDay.DayNumber - through.DayNumber;
        string found = $"reported through {Figures.Day(through)}, {Figures.Count(age)} days ago";
        return age > OldOutcomeDays ? Of("outcomes", accuracy, CheckState.Note, found, "See whether whatever reports them still runs.", $"at most {OldOutcomeDays} days") : Of("outcomes", accuracy, CheckState.Fine, found);
    }

    private static DoctorCheck NotShown(string name, ProbeAnswer answer, string scope) => Of(name, answer, CheckState.Note, $"not shown without a key of scope {scope}", "Give one with --key.");

    private static DoctorCheck Of(string name, ProbeAnswer answer, CheckState state, string found, string advice = "", string expected = "") => new(name, state, found, advice) { Place = answer.Place, Expected = expected };

    private static DateOnly? Day(string? text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment) ? DateOnly.FromDateTime(moment.UtcDateTime) : null;

    private static string Moment(string? text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment) ? moment.ToUniversalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "an unknown time";
}
