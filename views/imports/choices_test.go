package imports

import (
	"testing"

	"fieldbook/data"
	"fieldbook/views/kit"
	"fieldbook/views/kit/kittest"
)

// The page asks where deals without a stage go and in which currency amounts
// without a sign are, and does as it is told.
func TestStagesAndCurrenciesAreChosen(t *testing.T) {
	kittest.App(t, false)
	a := newBook(t)
	d := desk(t, a)
	s := d.Screen.(*Screen)
	s.Open(kit.Target{Paths: []string{write(t, "deals.csv", "Deal ID,Deal name,Account,Stage,Amount\n1,Loom,Rangreen,Talk,€ 5\n2,Kiln,Bluth,Offer,6\n3,Oil,Bluth,,7\n")}})
	must(t, d.Tap("How"), "no way to say how", d)
	must(t, kittest.Shows(d.Root(), "1 row has none; deals of the book keep theirs."), "rows without a stage are not told", d)
	choosePicker(t, d, "The first open stage of their pipeline", "Offer")
	choosePicker(t, d, "EUR", "NOK")
	must(t, d.Do(s.Primary().Text), "it is not imported", d)
	row, err := a.Records.Find(t.Context(), data.KindDeal, "3")
	if err != nil || row.Labels["stage"] != "Offer" || row.Money("amount", "").Currency != "NOK" {
		t.Errorf("%v %v, %v", row.Labels, row.Values, err)
	}
	if row, err = a.Records.Find(t.Context(), data.KindDeal, "1"); err != nil || row.Money("amount", "").Currency != "EUR" {
		t.Errorf("a sign is overruled: %v, %v", row.Values, err)
	}
}
