package shell

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fieldbook/app"
	"fieldbook/app/keyring"
	"fieldbook/data"
	"fieldbook/views/coaching"
	"fieldbook/views/forecast"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
	"fieldbook/views/market"
	"fieldbook/views/performance"
	"fieldbook/views/pipeline"
	"fieldbook/views/playbook"
	"fieldbook/views/review"
	"fieldbook/views/roster"
)

// week is a manager and her two reps, each at one computer, in a week that begins
// on a Monday.
type week struct {
	*kittest.Desk
	t            *testing.T
	dir          string
	now          time.Time
	mia, ann, bo *app.App
	people       map[string]data.ID
	deals        map[string]data.ID
	stages       map[string]data.ID
}

func (w *week) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *week) config(device string) app.Config {
	return app.Config{Device: device, Keys: keyring.Memory(), Now: func() time.Time { w.now = w.now.Add(time.Second); return w.now }}
}

func (w *week) add(kind string, v data.Values) data.ID {
	w.t.Helper()
	id, err := w.mia.Records.Add(context.Background(), kind, v)
	w.must(err)
	return id
}

func newWeek(t *testing.T) *week {
	t.Helper()
	kittest.App(t, false)
	w := &week{t: t, dir: t.TempDir(), now: time.Date(2026, 5, 11, 9, 0, 0, 0, time.UTC), people: map[string]data.ID{}, deals: map[string]data.ID{}, stages: map[string]data.ID{}}
	var err error
	w.mia, err = app.Create(context.Background(), filepath.Join(w.dir, "mia.book"), app.NewBook{Name: "Sales", Currency: "USD", FiscalStart: time.January, Zone: "UTC", As: "Mia Stone", Role: data.RoleManager}, w.config("Mia's laptop"))
	w.must(err)
	t.Cleanup(func() { w.must(w.mia.Close()) })
	me, err := w.mia.Me(context.Background())
	w.must(err)
	w.people["Mia Stone"] = me.ID
	stages, err := w.mia.Records.List(context.Background(), data.Query{Kind: data.KindStage})
	w.must(err)
	for _, s := range stages {
		w.stages[s.Title()] = s.ID
	}
	for _, name := range []string{"Ann Ek", "Bo Lund"} {
		w.people[name] = w.add(data.KindPerson, data.Values{"name": name, "role": data.RoleRep, "manager": me.ID})
		for month := range 3 {
			w.add(data.KindQuota, data.Values{"person": w.people[name], "month": data.NewDay(2026, time.Month(4+month), 1), "amount": int64(20_000_00), "currency": "USD"})
		}
	}
	w.add(data.KindCriterion, data.Values{"stage": w.stages["Proposal"], "gate": data.GateExit, "name": "Budget confirmed", "type": data.CriterionChecklist})
	w.add(data.KindCompetitor, data.Values{"name": "Brix"})
	template := w.add(data.KindOnboardingTemplate, data.Values{"name": "Rep's first months", "role": data.RoleRep})
	w.add(data.KindOnboardingStep, data.Values{"template": template, "name": "Ride along for three days", "due_days": int64(3), "done_by": data.DoneByNewHire})
	for _, d := range []struct{ name, owner, stage string }{{"Granite Mills", "Ann Ek", "Proposal"}, {"Quiet Farms", "Ann Ek", "Proposal"}, {"Alder Labs", "Bo Lund", "Qualification"}} {
		w.deals[d.name] = w.add(data.KindDeal, data.Values{
			"name": d.name, "owner": w.people[d.owner], "stage": w.stages[d.stage], "amount": int64(9_000_00), "currency": "USD", "created_day": w.mia.Today(), "close_day": w.mia.Today().AddDays(30),
		})
	}
	w.ann, w.bo = w.joined("Ann Ek"), w.joined("Bo Lund")
	w.day(18)
	return w
}

// joined opens somebody's own book from an invitation.
func (w *week) joined(name string) *app.App {
	w.t.Helper()
	ctx := context.Background()
	file, book := filepath.Join(w.dir, name+".fieldbook"), filepath.Join(w.dir, name+".book")
	_, err := w.mia.Sharing.Share(ctx, file, app.ShareOptions{To: w.people[name], Passphrase: "six words for " + name})
	w.must(err)
	cfg := w.config(name + "'s laptop")
	_, err = app.Receive(ctx, app.Received{Book: book, Paths: []string{file}, MergeOptions: app.MergeOptions{Passphrase: "six words for " + name}}, cfg)
	w.must(err)
	a, err := app.Open(ctx, book, cfg)
	w.must(err)
	w.t.Cleanup(func() { w.must(a.Close()) })
	w.send(a, w.mia, "Mia Stone") // so that she knows his key
	return a
}

// send carries a share file from one book to another.
func (w *week) send(from, to *app.App, name string) {
	w.t.Helper()
	file := filepath.Join(w.dir, w.now.Format("150405.000")+".fieldbook")
	_, err := from.Sharing.Share(context.Background(), file, app.ShareOptions{To: w.people[name], Since: true})
	w.must(err)
	_, err = to.Sharing.Merge(context.Background(), []string{file}, app.MergeOptions{})
	w.must(err)
}

// day is nine o'clock on a day of May.
func (w *week) day(day int) { w.now = time.Date(2026, 5, day, 9, 0, 0, 0, time.UTC) }

// sit shows a screen over somebody's book.
func (w *week) sit(a *app.App, build func(*kit.Host) kit.Screen) {
	w.t.Helper()
	if w.Desk != nil && len(w.Failed) > 0 {
		w.t.Fatal(w.Failed)
	}
	w.Desk = kittest.NewDesk(w.t, a, fyne.NewSize(1560, 900), build)
}

func (w *week) sees(texts ...string) {
	w.t.Helper()
	for _, text := range texts {
		if !kittest.Shows(w.Root(), text) {
			w.t.Fatalf("no %q among %q", text, kittest.Texts(w.Root()))
		}
	}
}

func (w *week) hides(texts ...string) {
	w.t.Helper()
	for _, text := range texts {
		if kittest.Shows(w.Root(), text) {
			w.t.Fatalf("%q is shown", text)
		}
	}
}

func (w *week) does(text string) {
	w.t.Helper()
	if !w.Do(text) {
		w.t.Fatalf("nothing is called %q", text)
	}
}

func (w *week) presses(text string) {
	w.t.Helper()
	if !w.Press(text) {
		w.t.Fatalf("no button %q among %q", text, kittest.Texts(w.Root()))
	}
}

func (w *week) taps(text string) {
	w.t.Helper()
	if !w.Tap(text) {
		w.t.Fatalf("no %q to click among %q", text, kittest.Texts(w.Root()))
	}
}

// reads looks for words among others, over the ends of lines.
func (w *week) reads(texts ...string) {
	w.t.Helper()
	all := strings.Join(kittest.Texts(w.Root()), " ")
	for _, text := range texts {
		if !strings.Contains(all, text) {
			w.t.Fatalf("no %q in %q", text, all)
		}
	}
}

// fill types into the field below a label.
func (w *week) fill(label, text string) {
	w.t.Helper()
	at, ok := kittest.At(w.Root(), label)
	if !ok {
		w.t.Fatalf("no field %q among %q", label, kittest.Texts(w.Root()))
	}
	w.Click(at.AddXY(0, 28))
	w.Shortcut(&fyne.ShortcutSelectAll{})
	w.Type(text)
}

// drag moves the card of a deal to a column of the board.
func (w *week) drag(card, column string) {
	w.t.Helper()
	from, ok := kittest.At(w.Root(), card)
	to, there := kittest.At(w.Root(), column)
	if !ok || !there {
		w.t.Fatalf("no %q or no %q among %q", card, column, kittest.Texts(w.Root()))
	}
	w.Drag(from, to.AddXY(0, 100))
}

// holds lists the titles of a kind in a book, in order.
func (w *week) holds(a *app.App, kind string) []string {
	w.t.Helper()
	rows, err := a.Records.List(context.Background(), data.Query{Kind: kind})
	w.must(err)
	var out []string
	for _, r := range rows {
		out = append(out, r.Title())
	}
	slices.Sort(out)
	return out
}

func newReview(h *kit.Host) kit.Screen   { return review.New(h) }
func newCoaching(h *kit.Host) kit.Screen { return coaching.New(h) }
func newRoster(h *kit.Host) kit.Screen   { return roster.New(h) }
func newPipeline(h *kit.Host) kit.Screen { return pipeline.New(h) }
func newPlaybook(h *kit.Host) kit.Screen { return playbook.New(h) }
func newMarket(h *kit.Host) kit.Screen   { return market.New(h) }
func newPerformance(h *kit.Host) kit.Screen {
	return performance.New(h)
}
func newForecast(h *kit.Host) kit.Screen { return forecast.New(h) }

// TestAManagersWeek walks through one on the screens, and carries it to a rep
// and back: he sees what is his and changes no more than that.
func TestAManagersWeek(t *testing.T) {
	w := newWeek(t)
	w.monday()
	w.wednesday()
	w.thursday()
	w.friday()
	w.carry()
	w.comeBack()
}

// monday reviews the pipeline.
func (w *week) monday() {
	w.t.Helper()
	w.sit(w.mia, newReview)
	w.sees("No next step", "Granite Mills", "Quiet Farms", "Alder Labs")
	w.does("Start the review")
	note, ok := kittest.Find[*kit.NoteEntry](w.Root())
	if !ok {
		w.t.Fatal("there is no field for what was decided")
	}
	note.SetText("Ask who signs.")
	w.presses("Add an action")
	w.fill("What", "Call the buyer")
	w.presses("Save action")
	w.sees("Call the buyer")
	for range 3 {
		w.does("Next deal")
	}
	w.does("End the meeting")
	w.presses("End the meeting")
	w.sees("3 of 3, 3 spoken of")
}

// wednesday talks with both reps.
func (w *week) wednesday() {
	w.t.Helper()
	w.day(20)
	w.sit(w.mia, newCoaching)
	for _, talk := range []struct{ who, notes, promise string }{{"Bo Lund", "Bo wants to lead.", "Visit two labs"}, {"Ann Ek", "Ann is tired of mills.", "Call five mills"}} {
		w.taps(talk.who)
		w.does("Hold a one-on-one")
		w.sees("One-on-one with " + talk.who)
		w.fill("Notes", talk.notes)
		w.fill("New commitment", talk.promise)
		w.fill("Due", "fri")
		w.presses("Keep")
		w.sees(talk.promise, "held", "1 open")
	}
}

// thursday hires somebody, lets a deal past a gate for a reason, and loses one.
func (w *week) thursday() {
	w.t.Helper()
	w.day(21)
	w.sit(w.mia, newRoster)
	w.does("Show hiring")
	w.does("Add a candidate")
	w.fill("Name", "Cem Aydin")
	w.presses("Add")
	w.sees("Cem Aydin", "not scored yet")
	w.drag("Cem Aydin", "Interview")
	w.DoubleClick(w.at("Cem Aydin"))
	w.does("Hire the candidate")
	w.fill("Why", "Knows every mill")
	w.choose("Onboarding", "Rep's first months")
	w.presses("Hire")
	w.does("Show onboarding and training")
	w.sees("Cem Aydin", "Ride along for three days")

	w.sit(w.mia, newPipeline)
	w.drag("Granite Mills", "Negotiation")
	w.sees("Granite Mills lacks something to go to Negotiation", "Budget confirmed")
	w.presses("Move to Negotiation")
	w.sees("Tick or fill in what is missing, or say why it goes on without")
	w.fill("Or why it goes on without", "The board meets in June")
	w.presses("Move to Negotiation")
	w.drag("Quiet Farms", "Lost")
	w.sees("Quiet Farms is lost")
	w.fill("Why was it lost?", "Price")
	w.fill("Who won it?", "Brix")
	w.presses("Mark as lost")

	w.sit(w.mia, newPlaybook)
	w.does("Show overridden gates")
	w.sees("The board meets in June", "Budget confirmed", "Mia Stone", "Granite Mills")
	w.sit(w.mia, newPerformance)
	w.does("Performance: wins and losses")
	w.sees("Why deals were lost", "Win rate by competitor")
	w.reads("n = 1 lost deal")
	w.sit(w.mia, newMarket)
	w.does("Show competitors")
	w.taps("Brix")
	w.sees("Price")
}

// friday says what the quarter will bring.
func (w *week) friday() {
	w.t.Helper()
	w.day(22)
	w.sit(w.mia, newForecast)
	w.does("Submit forecast")
	w.fill("My call for Q2 2026, in USD", "15000")
	w.presses("Submit")
	w.sees("15,000")
}

// carry brings the week to the reps: each has what is his and nothing of the
// other's.
func (w *week) carry() {
	w.t.Helper()
	w.send(w.mia, w.ann, "Ann Ek")
	w.send(w.mia, w.bo, "Bo Lund")
	w.sit(w.ann, newCoaching)
	w.sees("Ann Ek", "Call five mills", "Ann is tired of mills.")
	w.hides("Bo Lund", "Visit two labs")
	for kind, want := range map[string]string{
		data.KindDeal: "Granite Mills|Quiet Farms", data.KindCommitment: "Call five mills", data.KindCandidate: "", data.KindQuota: "2026-04-01|2026-05-01|2026-06-01",
		data.KindAction: "Call the buyer", data.KindOnboarding: "", data.KindGateOverride: "The board meets in June", data.KindCompetitor: "Brix",
	} {
		if got := strings.Join(w.holds(w.ann, kind), "|"); got != want {
			w.t.Errorf("Ann's book holds of kind %s %q, not %q", kind, got, want)
		}
	}
	anns, bos, told := w.decided(w.ann), w.decided(w.bo), 0
	for deal, said := range w.decided(w.mia) {
		own, other := anns, bos
		if deal == w.deals["Alder Labs"] {
			own, other = bos, anns
		}
		if _, leaked := other[deal]; leaked || own[deal] != said {
			w.t.Errorf("what was decided of a deal, %q, is not with its owner alone", said)
		}
		if said != "" {
			told++
		}
	}
	if told != 1 {
		w.t.Errorf("%d decisions were kept, not 1", told)
	}
	talks, err := w.ann.Records.List(context.Background(), data.Query{Kind: data.KindOneOnOne})
	w.must(err)
	for _, r := range talks {
		if r.Ref("person") != w.people["Ann Ek"] || strings.Contains(r.Text("notes"), "Bo") {
			w.t.Errorf("Ann reads %v", r.Values)
		}
	}
	if !slices.ContainsFunc(talks, func(r data.Row) bool { return r.Text("notes") == "Ann is tired of mills." }) {
		w.t.Errorf("Ann does not read what was noted of her: %v", talks)
	}
}

// comeBack has Ann work on what is hers, and try what is not.
func (w *week) comeBack() {
	w.t.Helper()
	ctx := context.Background()
	w.presses("Kept")
	w.sees("kept", "0 open")
	quotas, err := w.ann.Records.List(ctx, data.Query{Kind: data.KindQuota})
	w.must(err)
	talks, err := w.ann.Records.List(ctx, data.Query{Kind: data.KindOneOnOne})
	w.must(err)
	for what, err := range map[string]error{
		"her quota":           w.ann.Records.Set(ctx, data.KindQuota, []data.ID{quotas[0].ID}, data.Values{"amount": int64(1)}),
		"the notes of a talk": w.ann.Records.Set(ctx, data.KindOneOnOne, []data.ID{talks[0].ID}, data.Values{"notes": "All is well"}),
		"the gates":           w.ann.Records.Remove(ctx, data.KindCriterion, w.ids(w.ann, data.KindCriterion)),
		"whose a deal is":     w.ann.Records.Set(ctx, data.KindDeal, []data.ID{w.deals["Granite Mills"]}, data.Values{"owner": w.people["Bo Lund"]}),
	} {
		if data.KindOf(err) != data.Refused {
			w.t.Errorf("Ann changes %s: %v", what, err)
		}
	}
	w.sit(w.ann, newPipeline)
	w.DoubleClick(w.at("Granite Mills"))
	w.does("Edit the deal")
	w.fill("Next step", "Send the offer")
	w.presses("Save deal")
	w.send(w.ann, w.mia, "Mia Stone")
	if held, err := w.mia.Members.Quarantine(ctx); err != nil || len(held) > 0 {
		w.t.Errorf("%d changes of Ann's wait, %v", len(held), err)
	}
	w.sit(w.mia, newCoaching)
	w.taps("Ann Ek")
	w.sees("Call five mills", "kept", "0 open")
	deal, err := w.mia.Records.Get(ctx, data.KindDeal, w.deals["Granite Mills"])
	if err != nil || deal.Text("next_step") != "Send the offer" || deal.Labels["owner"] != "Ann Ek" {
		w.t.Errorf("Ann's deal came back as %v, %v", deal.Values, err)
	}
	if len(w.Failed) > 0 {
		w.t.Error(w.Failed)
	}
}
