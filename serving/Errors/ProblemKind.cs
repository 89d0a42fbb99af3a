namespace CustomerValue.Serving.Errors;

/// <summary>A kind of problem: what it means and what to do about it, for the page that explains it.</summary>
/// <param name="Name">Its name, the last part of its type.</param>
/// <param name="Statuses">HTTP statuses that it comes with.</param>
/// <param name="When">When it is met.</param>
/// <param name="Remedy">The way out.</param>
internal sealed record ProblemKind(string Name, IReadOnlyList<int> Statuses, string When, string Remedy)
{
    /// <summary>Where kinds are explained.</summary>
    public const string Place = "/problems";

    /// <summary>All kinds, by status; docs/http.md lists the same.</summary>
    public static IReadOnlyList<ProblemKind> All { get; } =
    [
        new("malformed-request", [400], "The body is no JSON, holds a value of the wrong kind, a member twice, or bytes that are not UTF-8.",
            "Look at errors: it names the place, what was found and what was expected there. Correct the body and send it again."),
        new("unknown-host", [400], "The call names a host that this service is not known by.",
            "Call it by a name that AllowedHosts lists, or add the name there."),
        new("unknown-form", [400], "A form came without its name or its token.",
            "Open the page again and send the form from there."),
        new("status-400", [400], "The body was damaged on its way, such as a chunk without a size.",
            "Send the call again; if it comes back, look at what stands between the program and this service."),
        new("no-key", [401], "There are keys or people, and the call brings no key.",
            "Send the secret of a key as Authorization: Bearer SECRET. An admin makes one under Settings, or with customer-value keys add."),
        new("unknown-key", [401], "The key is unknown, expired or revoked.",
            "Look whether the whole secret was sent; else ask an admin for a new key."),
        new("unknown-token", [401], "The token has expired, is for another service, or was not signed by an issuer that this service trusts.",
            "Ask the issuer for a new token; the detail says what is wrong with this one."),
        new("missing-scope", [403], "The key or the person may not do this; the detail names the scope.",
            "Use a key with that scope, or ask an admin for one."),
        new("other-site", [403], "A browser asked for a change on behalf of a page of another site.",
            "Send the call from a program, or from this service's own pages."),
        new("unknown-job", [404], "No job has the id. It may have gone some days after its end, or because a customer was erased.",
            "Ask for the list of jobs; give the job again where its result is still wanted."),
        new("unknown-campaign", [404], "There is no campaign of the name.",
            "Look at the list of campaigns."),
        new("unknown-customer", [404], "The customer is not in the book. Ids are compared letter by letter, and customers without a purchase are not scored.",
            "Look how the id is written where the transactions come from, or score again with newer transactions."),
        new("unknown-version", [404], "The store has no version of the name.",
            "Ask for the list of versions."),
        new("no-challenger", [404], "No version is tried against the champion.",
            "Name one with models challenge, or POST /v1/models/{version}/challenge."),
        new("unknown-route", [404], "There is no such call.",
            "Compare the address with the list of calls."),
        new("wrong-method", [405], "The address knows other methods; Allow names them.",
            "Use one of the methods that Allow names."),
        new("too-slow", [408], "The body did not come in time, and the connection was closed.",
            "Send it faster or in smaller calls, or raise Calls:BodySeconds."),
        new("book-without-basis", [409], "The customer book was written without what a plan rests on.",
            "Score again with this version."),
        new("version-refused", [409], "The version that is to serve is damaged, or there was no champion before. The one before goes on.",
            "Read the detail; promote another version, or train again."),
        new("no-strategy", [409], "The version that serves was trained before strategy travelled with versions.",
            "Train again and promote the new version. Predictions are answered meanwhile."),
        new("no-playbook", [409], "The version that serves was trained before playbooks travelled with versions.",
            "Train again with a playbook and promote the new version."),
        new("no-result", [409], "The job is not done.",
            "Ask where it stands until its state is done; where it failed, its error says why."),
        new("too-large", [413], "There are more customers, transactions of one customer, or bytes than one call may have, or a file is too big.",
            "Send less in one call, or give a file as a job. The limits are settings."),
        new("unsupported-media-type", [415], "The body is of a kind that this call does not read.",
            "Send application/json in UTF-8, or a form where a job is given."),
        new("invalid-request", [422], "The call can be read, but what it asks makes no sense.",
            "Look at errors: each field at fault is named by its path, with what was found and what was expected."),
        new("idempotency-key-reused", [422], "The Idempotency-Key belongs to another call of this caller within 24 hours.",
            "Use a key of its own for each call; send the same call with the same key alone to repeat it."),
        new("job-failed", [422, 500, 503, 507], "The error of a job: its file cannot be read or used, the program failed, the store cannot be used, or the disk is full.",
            "Read the detail. Correct the file and give the job again; else tell whoever runs the service."),
        new("rate-limited", [429], "The key calls more often than it may.",
            "Send the call again after the seconds that Retry-After names; send more customers in one call."),
        new("busy", [429], "More calls or jobs wait than can be answered in time. Nothing was done for this one.",
            "Send the call again after the seconds that Retry-After names."),
        new("internal", [500], "This service failed; it is a fault in it.",
            "Report it with the trace id, under which the failure stands in the log."),
        new("no-champion", [503], "No model serves yet, or the one that was promoted was refused.",
            "Train a model, or promote another version; the members under readiness say what is wrong."),
        new("no-customer-book", [503], "No customers were scored into the book yet.",
            "Run train or score, which write the book."),
        new("issuer-unreachable", [503], "The issuer of tokens does not answer, and its keys were never read, so that no token can be checked.",
            "Send the call again in a moment, or with a key of this service; look whether the service can reach the address of Jwt:Authority."),
        new("unavailable", [503], "The store or the book cannot be read, or the store takes no change, such as on a full disk.",
            "Send the call again later; whoever runs the service finds the reason in its log."),
        new("draining", [503], "The program is about to end and takes no more calls.",
            "Send the call again after the seconds that Retry-After names; another instance answers, or this one once it is back."),
        new("file-not-kept", [507], "The store takes no more: the disk is full, or a job's file cannot be kept.",
            "Delete jobs that ended or free space, or name a file by its path."),
    ];

    /// <summary>The last part of a problem's type.</summary>
    public static string Of(Problem problem) => problem.Type[(problem.Type.LastIndexOf(':') + 1)..];
}
