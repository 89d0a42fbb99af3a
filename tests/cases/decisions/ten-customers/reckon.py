"""Every figure of the example, reckoned apart from the program: exact fractions, every plan tried, dates by the rules as they are written. Prints gains, plan and days."""
import csv, datetime, itertools, json
from fractions import Fraction as F

H, BUDGET, COOLING_OFF, COMPLAINT_DAYS = 90, 15, 7, 1
FIRST, DAYS, HOLIDAYS, FORBIDDEN = datetime.date(2024, 3, 1), 7, {datetime.date(2024, 3, 4)}, {"K07"}
customers = list(csv.DictReader(open("customers.csv")))
book = json.load(open("playbook.json"), parse_float=F, parse_int=F)
channels = {c["id"]: c for c in book["channels"]}
day = datetime.date.fromisoformat
history = {}
for line in csv.DictReader(open("contacts.csv")):
    history.setdefault(line["customer_id"], []).append(line)
working = [d for d in (FIRST + datetime.timedelta(i) for i in range(DAYS)) if d.weekday() < 5 and d not in HOLIDAYS]

def cost(a): return a["unit_cost"] + channels[a["channel"]]["cost"]

def gain(c, a):
    """Expected effect times what is at stake while it lasts, less cost."""
    churn, margin, last = F(c["churn_probability"]), F(c["expected_margin"]), a["lasts_days"]
    total = -cost(a)
    for kind, effect in a["effects"].items():
        stake = {"buying": churn * margin / (1 - churn) * last / H, "spend": margin * last / H, "cost_to_serve": -F(c["year_cost"]) * last / 365}[kind]
        total += effect["mean"] * stake
    return total

def complaint(c): return any(line["complaint"] for line in history.get(c["customer_id"], []))
def kept(c): return any(line["promise_kept"] == "yes" for line in history.get(c["customer_id"], []))

def earliest(c):
    """Cooling-off since the last contact, twice as long after two without an answer; an action waits for the customer's own rhythm, thanks do not."""
    lines = history.get(c["customer_id"], [])
    first = FIRST
    if complaint(c):
        return max(first, day(lines[-1]["date"]) + datetime.timedelta(COMPLAINT_DAYS))
    if lines:
        patience = 2 if [line["reached"] for line in lines[-2:]] == ["no", "no"] else 1
        first = max(first, day(lines[-1]["date"]) + datetime.timedelta(COOLING_OFF * patience))
    if kept(c) or c["next_purchase_days"] == "inf":
        return first
    return max(first, FIRST + datetime.timedelta(int(float(c["next_purchase_days"]))))

def options(c):
    if c["customer_id"] in FORBIDDEN or complaint(c) or not any(d >= earliest(c) for d in working):
        return [None]
    suits = [a for a in book["actions"] if c["strategy"] in a["strategies"] and not (a["id"] == "portal" and float(c["year_cost"]) <= 10)]
    return [None] + [a for a in suits if gain(c, a) > 0]

def spent(plan): return sum(cost(a) for a in plan if a)
def earned(plan): return sum(gain(c, a) for c, a in zip(customers, plan) if a)
plans = [p for p in itertools.product(*map(options, customers)) if spent(p) <= BUDGET and sum(1 for a in p if a and a["channel"] == "phone") <= len(working)]
best = max(plans, key=earned)

print("customer_id,action,gain")
for c in customers:
    for a in book["actions"]:
        if c["strategy"] in a["strategies"]:
            print(f"{c['customer_id']},{a['id']},{float(gain(c, a)):.6f}")
print("\ncustomer_id,state,purpose,action,channel,earliest,date")
taken, rows = {}, []
wanted = [(0 if complaint(c) else 2 if kept(c) else 3, -(gain(c, a) if a else 0), c, a) for c, a in zip(customers, best) if a or complaint(c) or kept(c)]
for purpose, _, c, a in sorted(wanted, key=lambda w: (w[0], w[1], w[2]["customer_id"])):
    channel = a["channel"] if a else history[c["customer_id"]][-1]["channel"]
    most = channels[channel].get("daily_capacity", 10**9)
    date = next((d for d in working if d >= earliest(c) and taken.get((d, channel), 0) < most), None)
    if date:
        taken[date, channel] = taken.get((date, channel), 0) + 1
    rows.append((c["customer_id"], "planned" if date else "no-capacity", ["complaint", "promise", "thanks", "action"][purpose], a["id"] if a else "", channel, earliest(c), date or ""))
rows += [(c, "do-not-contact", "action", "", "", "", "") for c in FORBIDDEN]
for row in sorted(rows):
    print(",".join(map(str, row)))
print(f"\nplans tried,{len(plans)}\ncost,{float(spent(best)):.6f}\ngain,{float(earned(best)):.6f}")
