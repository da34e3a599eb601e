package app

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"fieldbook/app/metrics"
	"fieldbook/data"
	"fieldbook/data/store"
)

// loadEffects reads what makes less of quotas: ramps and absences.
func (b *factBook) loadEffects(ctx context.Context, src *source) error {
	profiles := map[data.Key][]float64{}
	err := src.each(ctx, store.Narrow{Kind: data.KindRampProfile, Fields: []string{"shares"}}, func(l line) error {
		profiles[l.key], _ = Shares(l.text(0))
		return nil
	})
	if err != nil {
		return err
	}
	if err := b.loadRamps(ctx, src, profiles); err != nil {
		return err
	}
	b.Relief = nil
	return src.each(ctx, store.Narrow{Kind: data.KindAbsence, Fields: []string{"person", "start_day", "end_day", "relief"}}, func(l line) error {
		r := metrics.Relief{Person: b.people.get(l.ref(0)), From: l.day(1), To: l.day(2), Share: l.float(3)}
		if r.Person != metrics.None && r.From.Valid() && r.To >= r.From && r.Share > 0 {
			b.Relief = append(b.Relief, r)
		}
		return nil
	})
}

// loadRamps lays profiles over calendar months: the month in which a ramp begins
// is its first. Of several ramps of a person the one that began last counts.
func (b *factBook) loadRamps(ctx context.Context, src *source, profiles map[data.Key][]float64) error {
	type ramp struct {
		person int32
		start  data.Day
		shares []float64
	}
	var ramps []ramp
	err := src.each(ctx, store.Narrow{Kind: data.KindRamp, Fields: []string{"person", "profile", "start_day"}}, func(l line) error {
		r := ramp{b.people.get(l.ref(0)), l.day(2), profiles[l.ref(1)]}
		if r.person != metrics.None && r.start.Valid() {
			ramps = append(ramps, r)
		}
		return nil
	})
	slices.SortStableFunc(ramps, func(x, y ramp) int { return cmp.Compare(x.start, y.start) })
	b.Ramp = metrics.Ramp{}
	for _, r := range ramps {
		for i, share := range r.shares {
			b.Ramp[metrics.RampMonth{Person: r.person, Month: r.start.Month() + i}] = share
		}
	}
	return err
}

// loadSplits reads who shares in which deal.
func (b *factBook) loadSplits(ctx context.Context, src *source) error {
	b.Splits = nil
	return src.each(ctx, store.Narrow{Kind: data.KindDealSplit, Fields: []string{"deal", "person", "share", "type"}}, func(l line) error {
		s := metrics.Split{Deal: l.ref(0), Person: b.people.get(l.ref(1)), Share: l.float(2), Overlay: l.text(3) == data.SplitOverlay}
		if s.Deal != 0 && s.Person != metrics.None && s.Share > 0 {
			b.Splits = append(b.Splits, s)
		}
		return nil
	})
}

// Shares reads percents with semicolons between them, such as "0; 25; 50". It is
// Invalid where one is no number from 0 to 1000.
func Shares(text string) ([]float64, error) {
	var out []float64
	for _, part := range strings.Split(text, ";") {
		part = strings.TrimSuffix(strings.TrimSpace(part), "%")
		if part == "" {
			continue
		}
		x, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil || !(x >= 0 && x <= 1000) {
			return nil, data.FieldErrorf("shares", "%q is not a percentage; write them with semicolons between them, such as 0; 25; 50", part)
		}
		out = append(out, x)
	}
	return out, nil
}

// readSeason reads the shares of twelve months; anything else is no curve.
func readSeason(text string) (out [12]float64) {
	shares, err := Shares(text)
	if err == nil && len(shares) == len(out) {
		copy(out[:], shares)
	}
	return out
}
