package kit_test

import (
	"fmt"
	"time"

	"fieldbook/data"
	"fieldbook/views/kit"
)

var nov17 = data.NewDay(2017, time.November, 17)

// board6 has six stages of n cards each.
func board6(n int) *sampleBoard {
	return &sampleBoard{n: n, names: []string{"Prospecting", "Qualification", "Discovery", "Proposal", "Negotiation", "Close"}, moved: map[string]int{}}
}

// sampleBoard is a board of made-up deals.
type sampleBoard struct {
	n     int
	names []string
	calls int
	moved map[string]int
}

func (b *sampleBoard) Columns() []kit.BoardColumn {
	columns := make([]kit.BoardColumn, len(b.names))
	for i, name := range b.names {
		columns[i] = kit.BoardColumn{
			Key: name, Title: name, Count: fmt.Sprint(296 - 50*i), Sum: fmt.Sprintf("$%dK", 771-120*i),
			Caption: fmt.Sprintf("$%d.1K at %d%%", 77+3*i, 10+15*i), Whole: 1 - 0.17*float64(i), Part: 0.1,
			More: fmt.Sprintf("%d more", 290-48*i),
		}
	}
	return columns
}

func (b *sampleBoard) Len(int) int { return b.n }

func (b *sampleBoard) Card(column, i int) kit.BoardCard {
	b.calls++
	card := kit.BoardCard{
		Key: fmt.Sprintf("%d-%d", column, i), Title: []string{"Bluth Company", "Kinnamplus", "Rundofase", "Y-corporation"}[i%4],
		Amount: "5,482", Product: "GTX Plus Pro", Day: "Nov 24", Icon: "phone", Step: "Qualify budget", StepDay: "Nov 20",
		Initials: "DS", Owner: "Darcel", Age: fmt.Sprintf("%d d in stage", 1+i*7),
	}
	switch (column + i) % 5 {
	case 1:
		card.State, card.StepDay, card.Icon, card.Step = kit.StepLate, "Nov 14", "mail", "Revised quote"
	case 2:
		card.State, card.StepDay = kit.StepToday, "today"
	case 3:
		card.State, card.Step, card.StepDay = kit.StepMissing, "No next step", ""
		card.Stalled, card.Age = true, "stalled 41 d"
	case 4:
		card.Unnamed, card.Title = true, "No account"
	}
	return card
}

func sampleNeeds() []kit.ListRow {
	return []kit.ListRow{
		{Header: true, Title: "Overdue", Detail: "3", Tone: kit.ToneBad},
		{Key: "1", Icon: "phone", Title: "Toughzap · GTX Plus Pro", Detail: "Marty · call back on price", Right: "5,482", RightDetail: "Nov 14"},
		{Key: "2", Icon: "mail", Title: "Rundofase · GTX Pro", Detail: "Jonathan · send revised quote", Right: "4,821", RightDetail: "Nov 15"},
		{Key: "3", Icon: "pin", Title: "dambase · MG Advanced", Detail: "Gladys · visit", Right: "3,393", RightDetail: "Nov 16"},
		{Header: true, Title: "Today", Detail: "2"},
		{Key: "4", Icon: "user", Title: "Gladys Colclough, one-on-one, with a longer title", Detail: "3 commitments open", Right: "11:00 AM"},
		{Key: "5", Icon: "mail", Title: "Isdom · GTX Plus Basic", Detail: "Jonathan · answer on delivery", Right: "1,096", RightDetail: "by 2:00 PM"},
		{Header: true, Title: "Stalled", Detail: "247 of 684, largest first"},
		{Key: "6", Icon: "clock", Title: "Blackzim · GTX Plus Pro", Detail: "Niesha · 60 days in Discovery", Right: "5,482", RightDetail: "no next step"},
	}
}

func sampleFields() []kit.Field {
	return []kit.Field{
		{Key: "name", Label: "Name", Required: true, Hint: "What is sold to whom"},
		{Key: "account", Label: "Account", Kind: kit.FieldReference, Hint: "Find an account", Required: true, Search: searchAccounts},
		{Key: "amount", Label: "Amount", Kind: kit.FieldMoney, Currencies: []string{"USD", "EUR"}, Value: "4821.00 USD"},
		{Key: "close", Label: "Expected close", Kind: kit.FieldDay, Hint: "fri, +2w or 12 mar"},
		{Key: "odds", Label: "Odds, %", Kind: kit.FieldPercent, Value: "45", Help: "The stage says 40"},
		{Key: "units", Label: "Units", Kind: kit.FieldWhole},
		{Key: "stage", Label: "Stage", Kind: kit.FieldChoice, Options: []kit.Option{{Key: "p", Text: "Proposal"}, {Key: "n", Text: "Negotiation"}}, Value: "p"},
		{Key: "split", Label: "Split with another person", Kind: kit.FieldBool},
		{Key: "notes", Label: "Notes", Kind: kit.FieldLong},
	}
}

func searchAccounts(query string) []kit.Option {
	var found []kit.Option
	for _, it := range kit.Rank(query, []kit.PaletteItem{{Key: "a1", Text: "Rangreen", Detail: "Panama"}, {Key: "a2", Text: "Conecom"}, {Key: "a3", Text: "Élan"}}) {
		found = append(found, kit.Option{Key: it.Key, Text: it.Text, Detail: it.Detail})
	}
	return found
}

func sampleForm(opts kit.FormOptions) *kit.Form {
	opts.Fields, opts.Today, opts.Save = sampleFields(), nov17, "Save deal"
	return kit.NewForm(opts)
}
