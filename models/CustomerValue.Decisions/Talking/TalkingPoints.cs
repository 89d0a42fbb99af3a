using CustomerValue.Decisions.Contacts;
using CustomerValue.Decisions.Planning;
using CustomerValue.Decisions.Playbook;
using CustomerValue.Models.Versions;
using CustomerValue.Strategy.Naming;

namespace CustomerValue.Decisions.Talking;

/// <summary>What whoever contacts a customer should know and say, a sentence each, most important first.</summary>
public static class TalkingPoints
{
    /// <summary>The points of a contact.</summary>
    /// <param name="book">What is known of contacts.</param>
    /// <param name="playbook">The actions.</param>
    /// <param name="contact">The contact.</param>
    /// <param name="purchases">The customer's last purchases, the latest first.</param>
    /// <param name="reasons">Why the customer has their strategy.</param>
    /// <param name="language">Language of the sentences.</param>
    public static IReadOnlyList<string> Of(ContactBook book, ActionPlaybook playbook, PlannedContact contact, IReadOnlyList<LastPurchase> purchases, IReadOnlyList<string> reasons, Language language)
    {
        PlanWords words = PlanWords.In(language);
        ContactHistory history = book.Histories[contact.Customer];
        DateOnly first = book.Calendar.First;
        List<string> points = [];
        if (history.OpenComplaint is { } complaint)
            points.Add(words.Point("complaint", complaint.Day, complaint.Complaint));
        if (history.KeptPromise is { } kept)
            points.Add(words.Point("thanks", kept.Day, kept.Promise));
        if (history.OpenPromise is { } promise)
            points.Add(promise.PromiseDue is { } due ? words.Point("promise", promise.Day, promise.Promise, due) : words.Point("promise-open", promise.Day, promise.Promise));
        if (contact.Action >= 0)
            points.Add(words.Point("action", playbook.Actions[contact.Action].Name.In(language)));
        if (history.Last is { NextStep.Length: > 0 } last)
            points.Add(words.Point("next", last.Day, last.NextStep));
        if (history.Unanswered >= 2)
            points.Add(words.Point("unanswered", history.Unanswered, history.Last!.Day));
        if (history.Satisfaction is { } asked)
            points.Add(words.Point("satisfaction", asked.Satisfaction!.Value, asked.Day));
        if (contact.Kind == CustomerKind.KeyAccount)
            points.Add(words.Point("key"));
        if (contact.Kind == CustomerKind.New && purchases.Count > 0)
            points.Add(words.Point("new", purchases[^1].Day));
        if (contact.Kind == CustomerKind.Dormant && purchases.Count > 0)
            points.Add(words.Point("dormant", first.DayNumber - purchases[0].Day.DayNumber));
        points.AddRange(Bought(purchases, words, language));
        if (double.IsFinite(book.RhythmDays[contact.Customer]) && book.RhythmDays[contact.Customer] <= ScoredCustomers.MaxNextPurchaseDays)
            points.Add(words.Point("rhythm", first.AddDays((int)book.RhythmDays[contact.Customer]), 100 * book.RhythmProbability));
        points.AddRange(reasons);
        return points;
    }

    /// <summary>The points of a campaign's contact: what is offered, and what was bought last.</summary>
    /// <param name="action">The action; null for something else.</param>
    /// <param name="purchases">The customer's last purchases, the latest first.</param>
    /// <param name="language">Language of the sentences.</param>
    public static IReadOnlyList<string> Of(PlaybookAction? action, IReadOnlyList<LastPurchase> purchases, Language language)
    {
        PlanWords words = PlanWords.In(language);
        return [.. action is null ? [] : new[] { words.Point("action", action.Name.In(language)) }, .. Bought(purchases, words, language)];
    }

    private static IEnumerable<string> Bought(IReadOnlyList<LastPurchase> purchases, PlanWords words, Language language) => purchases.Select(purchase =>
        words.Point("purchase", purchase.Day, purchase.Amount, purchase.Items.Count > 0 ? words.Point("products", string.Join(language == Language.Chinese ? "、" : ", ", purchase.Items)) : ""));
}
