package planning

import (
	"encoding/json"

	"fieldbook/data"
)

// OpenDeal is a deal as it stands.
type OpenDeal struct {
	ID    data.ID
	Close data.Day
	Value int64 // minor units of the book's currency, with Known
	Known bool
}

// Change is what somebody supposes of a deal.
type Change struct {
	Won       bool
	Amount    int64 // with HasAmount
	HasAmount bool
	Close     data.Day // NoDay where it stays
}

// IsZero reports whether nothing is supposed.
func (c Change) IsZero() bool { return c == Change{Close: data.NoDay} }

// Of is the deal as it is supposed.
func (c Change) Of(d OpenDeal) OpenDeal {
	if c.HasAmount {
		d.Value, d.Known = c.Amount, true
	}
	if c.Close.Valid() {
		d.Close = c.Close
	}
	return d
}

// Standing is where a person is in a period.
type Standing struct {
	Period   data.Period
	Credited int64
	Quota    int64
	HasQuota bool
	Rates    Rates // none where no commission plan is known
}

// Supposed is what would come of changes.
type Supposed struct {
	Deals      int   // that are counted
	Added      int64 // by them
	Value      int64 // of the period
	Attainment float64
	HasQuota   bool
	Pay        int64 // with HasPay
	HasPay     bool
	Outside    int // ticked, but closing in another period
	Unvalued   int // ticked, but nobody knows what they bring
}

// Suppose adds the deals that would be won to where a person stands. A ticked
// deal counts with its value, or the other amount, if it would close in the
// period; changes of deals that are not open any more count for nothing.
func Suppose(s Standing, deals []OpenDeal, changes map[data.ID]Change) Supposed {
	out := Supposed{Value: s.Credited}
	for _, d := range deals {
		c, ok := changes[d.ID]
		if !ok || !c.Won {
			continue
		}
		switch d = c.Of(d); {
		case !s.Period.Contains(d.Close):
			out.Outside++
		case !d.Known:
			out.Unvalued++
		default:
			out.Deals++
			out.Added += d.Value
		}
	}
	out.Value += out.Added
	if out.HasQuota = s.HasQuota && s.Quota > 0; out.HasQuota {
		out.Attainment = float64(out.Value) / float64(s.Quota)
	}
	quota := int64(0)
	if out.HasQuota {
		quota = s.Quota
	}
	out.Pay, out.HasPay = s.Rates.Estimate(out.Value, quota)
	return out
}

// WhatIf is what a person supposes of several deals, as it is kept. What a
// newer Fieldbook wrote beside it stays.
type WhatIf struct {
	Changes map[data.ID]Change
	more    map[string]json.RawMessage            // beside the deals
	deals   map[string]map[string]json.RawMessage // all that was kept of each deal
}

const whatIfVersion = 1

// ReadWhatIf reads what Text wrote; nothing is no change.
func ReadWhatIf(text string) (*WhatIf, error) {
	w := &WhatIf{Changes: map[data.ID]Change{}}
	if text == "" {
		return w, nil
	}
	if json.Unmarshal([]byte(text), &w.more) != nil {
		return nil, damagedWhatIf()
	}
	var version int
	if json.Unmarshal(w.more["version"], &version) != nil || version < 1 {
		return nil, damagedWhatIf()
	}
	if version > whatIfVersion {
		return nil, data.Errorf(data.Unsupported, "this what-if was saved by a newer Fieldbook; update Fieldbook to open it, nothing of it was changed")
	}
	if raw := w.more["deals"]; raw != nil && json.Unmarshal(raw, &w.deals) != nil {
		return nil, damagedWhatIf()
	}
	for key, fields := range w.deals {
		id, err := data.ParseID(key)
		if err != nil {
			return nil, damagedWhatIf()
		}
		c, err := readChange(fields)
		if err != nil {
			return nil, err
		}
		w.Changes[id] = c
	}
	return w, nil
}

func damagedWhatIf() error {
	return data.Errorf(data.Invalid, "this what-if cannot be read; your deals are safe, save another one in its place")
}

func readChange(fields map[string]json.RawMessage) (Change, error) {
	c := Change{Close: data.NoDay}
	if raw := fields["won"]; raw != nil && json.Unmarshal(raw, &c.Won) != nil {
		return c, damagedWhatIf()
	}
	if raw := fields["amount"]; raw != nil {
		if c.HasAmount = json.Unmarshal(raw, &c.Amount) == nil; !c.HasAmount {
			return c, damagedWhatIf()
		}
	}
	if raw := fields["close"]; raw != nil {
		var text string
		if json.Unmarshal(raw, &text) != nil {
			return c, damagedWhatIf()
		}
		day, err := data.ParseDay(text)
		if err != nil {
			return c, damagedWhatIf()
		}
		c.Close = day
	}
	return c, nil
}

// Text writes the changes. Deals of which nothing is supposed are left out, but
// for what a newer Fieldbook wrote of them.
func (w *WhatIf) Text() (string, error) {
	deals := map[string]map[string]json.RawMessage{}
	for key, fields := range w.deals {
		deals[key] = beside(fields, "won", "amount", "close")
	}
	for id, c := range w.Changes {
		fields := deals[id.String()]
		if fields == nil {
			fields = map[string]json.RawMessage{}
		}
		if err := writeChange(fields, c); err != nil {
			return "", err
		}
		deals[id.String()] = fields
	}
	for key, fields := range deals {
		if len(fields) == 0 {
			delete(deals, key)
		}
	}
	all := map[string]any{"version": whatIfVersion, "deals": deals}
	for key, raw := range beside(w.more, "version", "deals") {
		all[key] = raw
	}
	text, err := json.Marshal(all)
	return string(text), err
}

func writeChange(fields map[string]json.RawMessage, c Change) error {
	values := map[string]any{}
	if c.Won {
		values["won"] = true
	}
	if c.HasAmount {
		values["amount"] = c.Amount
	}
	if c.Close.Valid() {
		values["close"] = c.Close.String()
	}
	for key, v := range values {
		raw, err := json.Marshal(v)
		if err != nil {
			return err
		}
		fields[key] = raw
	}
	return nil
}

// beside is what there is but for the named.
func beside(in map[string]json.RawMessage, names ...string) map[string]json.RawMessage {
	out := map[string]json.RawMessage{}
	for key, raw := range in {
		out[key] = raw
	}
	for _, name := range names {
		delete(out, name)
	}
	return out
}
