package app

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"fieldbook/app/disk"
	"fieldbook/app/keyring"
	"fieldbook/data"
	"fieldbook/data/sheet"
	"fieldbook/data/store"
)

// Settings is how a book is set up: its name and money, its pipelines and
// stages, custom fields, exchange rates and safety copies.
type Settings struct{ app *App }

// Traits are what a book says of itself and a person may change. The zone is
// fixed when the book is made, since its days are counted in it.
type Traits struct {
	Name        string
	Currency    data.Currency
	FiscalStart time.Month // first month of the fiscal year
}

// SetTraits changes the book's name, currency and fiscal year in one step. It
// is Invalid, with the field, where one of them will not do.
func (s *Settings) SetTraits(ctx context.Context, t Traits) error {
	t.Name = strings.TrimSpace(t.Name)
	if err := (NewBook{Name: t.Name, Currency: t.Currency, FiscalStart: t.FiscalStart}).validate(); err != nil {
		return err
	}
	what := "Change the book's settings"
	if t.Name != s.app.Book().Name {
		what = "Rename the book to " + t.Name
	}
	return s.app.write(ctx, store.Act{What: what}, func(tx *store.Tx) error {
		for _, x := range []struct{ name, value string }{
			{settingName, t.Name}, {settingCurrency, string(t.Currency)}, {settingFiscalStart, strconv.Itoa(int(t.FiscalStart))},
		} {
			if err := putSetting(tx, x.name, x.value); err != nil {
				return err
			}
		}
		return nil
	})
}

// Season is the share of each calendar month in a year's sales, January first, in
// percent; all 0 is even.
func (s *Settings) Season() [QuotaMonths]float64 {
	return readSeason(s.app.store.Setting(settingSeason))
}

// SetSeason changes the book's season, which pace follows; all 0 makes it even.
func (s *Settings) SetSeason(ctx context.Context, season [QuotaMonths]float64) error {
	for _, x := range season {
		if x < 0 || x > 100 {
			return data.FieldErrorf("season", "a month's share is from 0 to 100%%")
		}
	}
	return s.app.write(ctx, store.Act{What: "Change the season that pace follows"}, func(tx *store.Tx) error {
		return putSetting(tx, settingSeason, SeasonText(season))
	})
}

// DropSampleLabel says that the book's content is made up no longer.
func (s *Settings) DropSampleLabel(ctx context.Context) error {
	return s.app.write(ctx, store.Act{What: "Take the sample label off the book"}, func(tx *store.Tx) error {
		return putSetting(tx, settingSample, "")
	})
}

// AddPipeline makes a pipeline with one open stage, Won and Lost, after the
// others, and gives its id.
func (s *Settings) AddPipeline(ctx context.Context, name string) (data.ID, error) {
	name = strings.TrimSpace(name)
	if name == "" {
		return data.NoID, data.FieldErrorf("name", "the pipeline needs a name")
	}
	n, err := s.app.Records.Count(ctx, data.Query{Kind: data.KindPipeline})
	if err != nil {
		return data.NoID, err
	}
	id := data.NewID()
	stages := []data.Values{
		{"name": "New", "type": data.StageOpen, "probability": 10.0, "category": data.CategoryPipeline},
		{"name": "Won", "type": data.StageWon, "probability": 100.0, "category": data.CategoryClosed},
		{"name": "Lost", "type": data.StageLost, "probability": 0.0, "category": data.CategoryOmitted},
	}
	return id, s.app.write(ctx, store.Act{What: "Add pipeline " + name}, func(tx *store.Tx) error {
		if _, err := tx.Put(data.KindPipeline, id, data.Values{"name": name, "position": int64(n + 1)}); err != nil {
			return err
		}
		for i, values := range stages {
			values["pipeline"], values["position"] = id, int64(i+1)
			if _, err := tx.Put(data.KindStage, data.NewID(), values); err != nil {
				return err
			}
		}
		return nil
	})
}

// Stages lists the stages of a pipeline in their order.
func (s *Settings) Stages(ctx context.Context, pipeline data.ID) ([]data.Row, error) {
	return s.app.Records.List(ctx, data.Query{
		Kind:  data.KindStage,
		Where: []data.Filter{{Field: "pipeline", Test: data.Is, Values: []data.Value{pipeline}}},
		Sort:  []data.Sort{{Field: "position"}},
	})
}

// AddStage puts a stage into a pipeline: an open one before the first that
// closes, any other at the end. values hold its fields without the pipeline and
// the position.
func (s *Settings) AddStage(ctx context.Context, pipeline data.ID, values data.Values) (data.ID, error) {
	stages, err := s.Stages(ctx, pipeline)
	if err != nil {
		return data.NoID, err
	}
	if err := checkStage(values); err != nil {
		return data.NoID, err
	}
	at := len(stages)
	for i, row := range stages {
		if values["type"] == data.StageOpen && row.Text("type") != data.StageOpen {
			at = i
			break
		}
	}
	id := data.NewID()
	order := make([]data.ID, 0, len(stages)+1)
	for i, row := range stages {
		if i == at {
			order = append(order, id)
		}
		order = append(order, row.ID)
	}
	if at == len(stages) {
		order = append(order, id)
	}
	name, _ := values["name"].(string)
	return id, s.app.write(ctx, store.Act{What: "Add stage " + name}, func(tx *store.Tx) error {
		fields := data.Values{"pipeline": pipeline}
		for k, v := range values {
			fields[k] = v
		}
		if _, err := tx.Put(data.KindStage, id, fields); err != nil {
			return err
		}
		return number(tx, order)
	})
}

// SetStage changes a stage. The last won and the last lost stage of a pipeline
// keep their type, since deals could not be closed without them.
func (s *Settings) SetStage(ctx context.Context, id data.ID, values data.Values) error {
	row, err := s.app.Records.Get(ctx, data.KindStage, id)
	if err != nil {
		return err
	}
	if err := checkStage(values); err != nil {
		return err
	}
	if kind, ok := values["type"]; ok && kind != row.Text("type") {
		if err := s.needed(ctx, row); err != nil {
			return err
		}
	}
	return s.app.write(ctx, store.Act{What: "Change stage " + row.Title()}, func(tx *store.Tx) error {
		return putExisting(tx, row.Kind, id, values)
	})
}

// MoveStage moves a stage by places up (negative) or down in its pipeline.
func (s *Settings) MoveStage(ctx context.Context, id data.ID, by int) error {
	row, err := s.app.Records.Get(ctx, data.KindStage, id)
	if err != nil {
		return err
	}
	stages, err := s.Stages(ctx, row.Ref("pipeline"))
	if err != nil {
		return err
	}
	order := make([]data.ID, len(stages))
	at := 0
	for i, x := range stages {
		order[i] = x.ID
		if x.ID == id {
			at = i
		}
	}
	to := min(max(at+by, 0), len(order)-1)
	for ; at < to; at++ {
		order[at], order[at+1] = order[at+1], order[at]
	}
	for ; at > to; at-- {
		order[at], order[at-1] = order[at-1], order[at]
	}
	return s.app.write(ctx, store.Act{What: "Move stage " + row.Title()}, func(tx *store.Tx) error {
		return number(tx, order)
	})
}

// RemoveStage takes a stage out. It is Refused while deals stand in it, and for
// the last won or lost stage of a pipeline.
func (s *Settings) RemoveStage(ctx context.Context, id data.ID) error {
	row, err := s.app.Records.Get(ctx, data.KindStage, id)
	if err != nil {
		return err
	}
	if err := s.needed(ctx, row); err != nil {
		return err
	}
	n, err := s.app.Records.Count(ctx, data.Query{Kind: data.KindDeal, Where: []data.Filter{{Field: "stage", Test: data.Is, Values: []data.Value{id}}}})
	if err != nil {
		return err
	}
	if n > 0 {
		return data.Errorf(data.Refused, "%d deals stand in %s. Move them to another stage first; nothing was changed.", n, row.Title())
	}
	return s.app.Records.Remove(ctx, data.KindStage, []data.ID{id})
}

// needed is Refused where a stage is the last of its type in its pipeline.
func (s *Settings) needed(ctx context.Context, row data.Row) error {
	stages, err := s.Stages(ctx, row.Ref("pipeline"))
	if err != nil {
		return err
	}
	for _, x := range stages {
		if x.ID != row.ID && x.Text("type") == row.Text("type") {
			return nil
		}
	}
	return data.Errorf(data.Refused, "%s is the only %s stage of this pipeline, so it must stay one. Add another first; nothing was changed.", row.Title(), row.Text("type"))
}

func checkStage(values data.Values) error {
	if name, ok := values["name"]; ok && (name == nil || name == "") {
		return data.FieldErrorf("name", "the stage needs a name")
	}
	if p, ok := values["probability"].(float64); ok && (p < 0 || p > 100) {
		return data.FieldErrorf("probability", "a probability lies between 0 and 100")
	}
	if n, ok := values["expected_days"].(int64); ok && n < 0 {
		return data.FieldErrorf("expected_days", "days cannot be fewer than none")
	}
	return nil
}

// number writes the positions of stages as they stand in order.
func number(tx *store.Tx, order []data.ID) error {
	for i, id := range order {
		if _, err := tx.Put(data.KindStage, id, data.Values{"position": int64(i + 1)}); err != nil {
			return err
		}
	}
	return nil
}

// SetRate says what one unit of a currency is worth in the book's currency from
// a day on. rate is a decimal number such as "1.0842".
func (s *Settings) SetRate(ctx context.Context, currency data.Currency, from data.Day, rate string) error {
	rate = strings.TrimSpace(rate)
	switch n, err := strconv.ParseFloat(rate, 64); {
	case !sheet.IsCurrency(currency):
		return data.FieldErrorf("currency", "%q is not a currency; write a code of three capitals such as EUR", currency)
	case currency == s.app.Book().Currency:
		return data.FieldErrorf("currency", "%s is the book's own currency; it needs no rate", currency)
	case !from.Valid():
		return data.FieldErrorf("day", "say from which day the rate holds")
	case err != nil || n <= 0 || strings.ContainsAny(rate, "eExXpPnN_"):
		return data.FieldErrorf("rate", "%q is not a rate; write a number above zero such as 1.0842", rate)
	}
	values := data.Values{"currency": string(currency), "day": from, "rate": rate}
	k, err := s.app.Records.Kind(data.KindRate)
	if err != nil {
		return err
	}
	what := fmt.Sprintf("Set %s to %s %s from %s", currency, rate, s.app.Book().Currency, from)
	return s.app.write(ctx, store.Act{What: what}, func(tx *store.Tx) error {
		_, err := tx.Put(data.KindRate, s.app.Records.idFor(k, values), values)
		return err
	})
}

// Protection is what keeps strangers from the book.
type Protection struct {
	Disk disk.Finding
	Keys keyring.Place // zero where keys are not kept at all
}

// Protection asks the system, which takes up to some seconds.
func (s *Settings) Protection(ctx context.Context) Protection {
	var out Protection
	if s.app.cfg.Posing {
		return out // a picture looks the same on every computer
	}
	if placed, ok := s.app.cfg.Keys.(interface{ Place() keyring.Place }); ok {
		out.Keys = placed.Place()
	}
	out.Disk = disk.Ask(ctx, s.app.store.Path())
	return out
}
