package app

import (
	"context"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fieldbook/app/keyring"
	"fieldbook/data"
	"fieldbook/data/datatest"
	"fieldbook/data/oplog"
)

var (
	signatureText = regexp.MustCompile(`"signature":"[0-9a-f]{128}"`)
	signedText    = regexp.MustCompile(`"first":.*"signature":"[0-9a-f]{128}"`)
)

// lineOf is the place of the act that edits made.
func lineOf(lines []string) int {
	return slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, `{"op":`) && strings.Contains(l, "call them") }) - 1
}

// TestHostileSignatures: files whose own signature, or that of an act in them, is
// wrong, absent or another's. Bob passes Ada's work on and meddles with it.
func TestHostileSignatures(t *testing.T) {
	w := testCrew(t)
	lines := w.edits()
	ada, bob := w.keyOf("Ada"), w.keyOf("Bob")
	act := lineOf(lines)
	other := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, `{"txn":`) && signatureText.MatchString(l) })
	meddled := func(change func([]string)) []string {
		out := slices.Clone(lines)
		out[0] = strings.Replace(out[0], keyText(ada), keyText(bob), 1)
		change(out)
		return append(out, trailer(out, bob))
	}
	for name, c := range map[string]struct {
		lines []string
		words string
	}{
		"the file's is absent":     {append(slices.Clone(lines), trailer(lines, keyring.Device{})), "lacks the signature"},
		"the file's is another's":  {append(slices.Clone(lines), trailer(lines, bob)), "does not bear the signature"},
		"the file's is of another": {append(slices.Clone(lines), signatureText.ReplaceAllString(trailer(lines, ada), signatureText.FindString(trailer(lines[1:], ada)))), "does not bear the signature"},
		"an act's is absent": {meddled(func(l []string) {
			l[act] = strings.Replace(l[act], signedText.FindString(l[act]), "", 1)
			l[act] = strings.NewReplacer(`,}`, `}`, `,,`, `,`).Replace(l[act])
		}), "another device's"},
		"an act's is wrong": {meddled(func(l []string) {
			l[act] = signatureText.ReplaceAllString(l[act], `"signature":"`+strings.Repeat("ab", 64)+`"`)
		}), "does not bear that person's signature"},
		"an act's is another's":      {meddled(func(l []string) { l[act] = signatureText.ReplaceAllString(l[act], signatureText.FindString(l[other])) }), "does not bear that person's signature"},
		"an act bears another's key": {meddled(func(l []string) { l[act] = strings.Replace(l[act], keyText(ada), keyText(bob), 1) }), "another device's"},
		"a value was changed":        {meddled(func(l []string) { l[act+1] = strings.Replace(l[act+1], "call them", "kill them", 1) }), "does not bear that person's signature"},
		"words were changed":         {meddled(func(l []string) { l[act] = strings.Replace(l[act], `"what":"`, `"what":"Not `, 1) }), "does not bear that person's signature"},
		"a clock was changed":        {meddled(func(l []string) { l[act] = strings.Replace(l[act], `"day":"2026`, `"day":"2025`, 1) }), "does not bear that person's signature"},
	} {
		t.Run(name, func(t *testing.T) { w.refuses(t, w.written(packed(c.lines...)), data.Invalid, c.words) })
	}
	if out, err := w.receives("Lea", w.written(packed(meddled(func([]string) {})...))); err != nil || out.Files[0].Changed != 1 {
		t.Errorf("Ada's work, passed on by Bob: %+v, %v", out, err)
	}
}

func keyText(d keyring.Device) string { return hex.EncodeToString(d.Public()) }

// TestHostileForSomebodyElse: files that are for others, locked or not, and of
// another book.
func TestHostileForSomebodyElse(t *testing.T) {
	w := testCrew(t)
	w.edits()
	ctx := context.Background()
	path := w.file()
	_, err := w.at("Ada").Sharing.Share(ctx, path, ShareOptions{To: w.people["Max"], Plain: true})
	w.must(err)
	w.refuses(t, path, data.Refused, "is for Max, not for Lea")
	_, err = w.at("Ada").Sharing.Share(ctx, path, ShareOptions{To: w.people["Max"]})
	w.must(err)
	w.refuses(t, path, data.Refused, "locked for other people's devices")
	for name, readdress := range map[string][2]string{
		"to her":       {`"to":"` + w.people["Max"].String(), `"to":"` + w.people["Lea"].String()},
		"as encrypted": {`"encrypted":false`, `"encrypted":true`},
	} {
		_, err = w.at("Ada").Sharing.Share(ctx, path, ShareOptions{To: w.people["Max"], Plain: true})
		w.must(err)
		lines := w.linesOf(path)
		bent := swapped(lines, readdress[0], readdress[1])
		words := "does not bear the signature"
		if name == "as encrypted" {
			words = "says that it is encrypted"
		}
		t.Run(name, func(t *testing.T) {
			w.refuses(t, w.written(packed(append(bent, trailer(bent, w.keyOf("Bob")))...)), data.Invalid, words)
		})
	}

	stranger := newOffice(t, "stranger")
	a, err := Create(ctx, stranger.path(), NewBook{Name: "Sales", Currency: "USD", FiscalStart: 1, Zone: "UTC", As: "Lea", Role: data.RoleLead}, stranger.cfg)
	w.must(err)
	stranger.use(a)
	_, err = a.Sharing.Share(ctx, path, ShareOptions{Everything: true, Plain: true})
	w.must(err)
	w.refuses(t, path, data.Refused, "of another book")
	lines := w.linesOf(path)
	lines[0] = strings.Replace(lines[0], a.Book().ID.String(), w.at("Lea").Book().ID.String(), 1)
	w.refuses(t, w.written(packed(append(lines, trailer(lines, stranger.key()))...)), data.Refused, "somebody else gave members")
}

func (m *office) key() keyring.Device {
	d, err := m.app.id.device(context.Background())
	if err != nil {
		m.t.Fatal(err)
	}
	return d
}

// TestHostileReplay: what came comes again, and an older whole file after a newer
// one; nothing is new and nothing goes back.
func TestHostileReplay(t *testing.T) {
	w := testCrew(t)
	w.edits()
	older, newer := w.file(), w.file()
	ctx := context.Background()
	_, err := w.at("Ada").Sharing.Share(ctx, older, ShareOptions{Everything: true})
	w.must(err)
	w.changes("Ada", data.KindDeal, "Ada's deal", data.Values{"next_step": "sign"})
	_, err = w.at("Ada").Sharing.Share(ctx, newer, ShareOptions{Everything: true})
	w.must(err)
	if _, err := w.receives("Lea", newer); err != nil {
		t.Fatal(err)
	}
	w.changes("Lea", data.KindDeal, "Ada's deal", data.Values{"next_step": "Lea's word"})
	before := w.all(w.at("Lea"))
	for name, path := range map[string]string{"the same": newer, "an older one": older} {
		for range 2 {
			out, err := w.receives("Lea", path)
			if err != nil || out.Txn != nil || out.Files[0].Already != out.Files[0].Ops {
				t.Errorf("%s again: %+v, %v", name, out, err)
			}
			w.unchanged(t, before)
		}
	}
	out, err := w.receives("Lea", older, newer, older)
	if err != nil || out.Txn != nil {
		t.Errorf("all at once: %+v, %v", out, err)
	}
	w.unchanged(t, before)
}

// TestHostileStranger: whoever is no member can pass on what members did, and
// nothing that he says of himself counts.
func TestHostileStranger(t *testing.T) {
	w := testCrew(t)
	eve, err := keyring.New()
	w.must(err)
	bob := w.at("Bob")
	rights, err := bob.store.Rights(context.Background())
	w.must(err)
	own := func() *oplog.Op { return w.activity(oplog.Dot{}) }
	bob.id.acts = eve
	path := w.file()
	w.must(forgeAct(bob.App, path, own(), oplog.Txn{Name: "Bob", Stamp: oplog.NewStamp(bob.Now()), Basis: rights.Heads()}))
	w.keepsAside(t, path, "a device that the book did not know")
	w.must(forgeAct(bob.App, path, own(), oplog.Txn{Name: "Bob", Author: w.people["Ada"], Stamp: oplog.NewStamp(bob.Now())}))
	w.keepsAside(t, path, "without knowing the book's members")
	bob.id.acts = keyring.Device{}
	w.must(forgeAct(bob.App, path, own(), oplog.Txn{Name: "Ada", Author: w.people["Ada"], Stamp: oplog.NewStamp(bob.Now()), Basis: rights.Heads()}))
	w.keepsAside(t, path, "signed by the device of another person")

	// What Ada holds is hers to say: else Lea would never send her the rest.
	lines := w.edits()
	before := w.peersOf("Lea")
	lie := regexp.MustCompile(`"person":"[^"]*","name":"[^"]*"`).ReplaceAllString(lines[0], `"person":"`+w.people["Ada"].String()+`","name":"Ada"`)
	lie = strings.Replace(lie, `"made":"2026`, `"made":"2036`, 1)
	for _, liar := range []keyring.Device{eve, w.keyOf("Bob")} {
		bent := append([]string{strings.Replace(lie, keyText(w.keyOf("Ada")), keyText(liar), 1)}, lines[1:]...)
		held := slices.IndexFunc(bent, func(l string) bool { return strings.HasPrefix(l, `{"held":`) })
		bent[held] = regexp.MustCompile(`"runs":.*`).ReplaceAllString(bent[held], `"runs":[[1,9000000]]}}`)
		if _, err := w.receives("Lea", w.written(packed(append(bent, trailer(bent, liar))...))); err != nil {
			t.Fatal(err)
		}
		if after := w.peersOf("Lea"); !slices.Equal(before, after) {
			t.Errorf("Lea believes of Ada:\n%s", strings.Join(datatest.Differing(before, after), "\n"))
		}
	}
	w.agree("Lea")
}

// peersOf is what a book heard of others, without when.
func (w *crew) peersOf(name string) (out []string) {
	peers, err := w.at(name).store.Peers(context.Background())
	w.must(err)
	for _, p := range peers {
		p.Heard = 0
		for id, runs := range p.Held {
			out = append(out, p.Person.String()+" "+p.Replica.String()+" "+id.String()+" "+fmt.Sprint(runs))
		}
	}
	slices.Sort(out)
	return out
}
