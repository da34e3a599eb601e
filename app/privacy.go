package app

import (
	"context"
	"encoding/json"
	"io"
	"strings"

	"fieldbook/data"
)

// Privacy is what a book owes to the people in it: to tell what it holds of
// them, and to forget them.
type Privacy struct{ app *App }

// About is everything that the book holds of one person, contact or candidate.
type About struct {
	Book     string         `json:"book"`
	Day      string         `json:"day"`
	Kind     string         `json:"kind"`
	ID       string         `json:"id"`
	Name     string         `json:"name"`
	Fields   []AboutField   `json:"fields"`   // as they stand
	History  []AboutEdit    `json:"history"`  // every value that a field had, the newest first; those of records joined with it behind
	Links    []AboutLinks   `json:"links"`    // records that point to him
	Did      []AboutAct     `json:"did"`      // what he did in the book, the newest first
	Mentions []AboutMention `json:"mentions"` // texts of other records in which his name stands
}

// AboutField is one filled field.
type AboutField struct {
	Field string `json:"field"`
	Label string `json:"label"`
	Value string `json:"value"`
}

// AboutEdit is one change of one field.
type AboutEdit struct {
	At    string `json:"at"`
	Who   string `json:"who"`
	What  string `json:"what"`
	Field string `json:"field"`
	Old   string `json:"old"`
	New   string `json:"new"`
}

// AboutLinks are the records of a kind whose field points to him.
type AboutLinks struct {
	Kind  string     `json:"kind"`
	Field string     `json:"field"`
	Label string     `json:"label"` // of the kind, in the plural
	Rows  []AboutRow `json:"rows"`
}

// AboutRow is a record with what it says.
type AboutRow struct {
	ID     string       `json:"id"`
	Name   string       `json:"name"`
	Fields []AboutField `json:"fields,omitempty"`
}

// AboutAct is one thing he did.
type AboutAct struct {
	At     string `json:"at"`
	Device string `json:"device"`
	What   string `json:"what"`
}

// AboutMention is a text of another record that says his name.
type AboutMention struct {
	Kind  string `json:"kind"`
	ID    string `json:"id"`
	Name  string `json:"name"`
	Field string `json:"field"`
}

// subject is Invalid for other kinds than people, contacts and candidates.
func (p *Privacy) subject(ctx context.Context, kind string, id data.ID) (data.Row, error) {
	k, err := p.app.store.Kind(kind)
	if err != nil {
		return data.Row{}, err
	}
	if k.Name != data.KindPerson && k.Name != data.KindContact && k.Name != data.KindCandidate {
		return data.Row{}, data.Errorf(data.Invalid, "a %s is nobody's personal data; name a person, a contact or a candidate", strings.ToLower(k.Label))
	}
	row, _, err := p.app.store.Remains(ctx, k.Name, id)
	return row, err
}

// About tells everything that the book holds of a person or contact, deleted
// ones too.
func (p *Privacy) About(ctx context.Context, kind string, id data.ID) (*About, error) {
	row, err := p.subject(ctx, kind, id)
	if err != nil {
		return nil, err
	}
	book := p.app.Book()
	out := &About{
		Book: book.Name, Day: p.app.Today().String(), Kind: row.Kind.Name, ID: id.String(), Name: row.Title(),
		Fields: aboutFields(row, book.Currency), History: []AboutEdit{}, Did: []AboutAct{},
	}
	joined, err := p.joined(ctx, row)
	if err != nil {
		return nil, err
	}
	for _, r := range append([]data.Row{row}, joined...) {
		story, err := p.app.story(ctx, r.Kind.Name, r.ID)
		if err != nil {
			return nil, err
		}
		for _, e := range story {
			out.History = append(out.History, AboutEdit{At: e.At.String(), Who: e.Who, What: e.What, Field: e.Field.Name, Old: e.Old, New: e.New})
		}
	}
	if out.Links, err = p.links(ctx, row); err != nil {
		return nil, err
	}
	if out.Mentions, err = p.mentions(ctx, row); err != nil {
		return nil, err
	}
	log, err := p.app.store.Log(ctx, 0)
	if err != nil {
		return nil, err
	}
	for _, e := range log {
		if e.Author == id {
			out.Did = append(out.Did, AboutAct{At: e.Stamp.Instant().String(), Device: e.Device, What: e.What})
		}
	}
	return out, nil
}

// joined are the records that were joined with a row, as they last stood.
func (p *Privacy) joined(ctx context.Context, row data.Row) ([]data.Row, error) {
	all, err := p.app.joinsOf(ctx, row.Kind.Name)
	if err != nil {
		return nil, err
	}
	var out []data.Row
	for from, into := range all {
		if into != row.ID {
			continue
		}
		r, gone, err := p.app.store.Remains(ctx, row.Kind.Name, from)
		if err != nil && data.KindOf(err) != data.NotFound {
			return nil, err
		}
		if err == nil && gone {
			out = append(out, r)
		}
	}
	return out, nil
}

// aboutFields are the filled fields of a row in words.
func aboutFields(row data.Row, usual data.Currency) []AboutField {
	out := []AboutField{}
	digits := usual.Digits()
	if c := data.Currency(row.Text("currency")); c.Valid() {
		digits = c.Digits()
	}
	for _, f := range row.Kind.Fields {
		if !row.Has(f.Name) {
			continue
		}
		value := row.Labels[f.Name]
		if value == "" {
			value = f.Format(row.Values[f.Name], digits)
		}
		out = append(out, AboutField{f.Name, f.Label, value})
	}
	return out
}

// links are the records that point to a row, field by field.
func (p *Privacy) links(ctx context.Context, of data.Row) ([]AboutLinks, error) {
	out := []AboutLinks{}
	currency := p.app.Book().Currency
	for _, k := range data.Kinds() {
		for _, f := range k.Fields {
			if f.Type != data.TypeRef || f.Ref != of.Kind.Name {
				continue
			}
			rows, err := p.app.store.List(ctx, data.Query{Kind: k.Name, Where: []data.Filter{{Field: f.Name, Test: data.Is, Values: []data.Value{of.ID}}}})
			if err != nil {
				return nil, err
			}
			if len(rows) == 0 {
				continue
			}
			l := AboutLinks{Kind: k.Name, Field: f.Name, Label: strings.ReplaceAll(k.Plural, "_", " ")}
			for _, row := range rows {
				l.Rows = append(l.Rows, AboutRow{row.ID.String(), RecordName(row), aboutFields(row, currency)})
			}
			out = append(out, l)
		}
	}
	return out, nil
}

// talkingKinds have texts that people write about others.
var talkingKinds = []string{
	data.KindPerson, data.KindTerritory, data.KindAccount, data.KindContact, data.KindDeal, data.KindActivity,
	data.KindOpening, data.KindCandidate, data.KindScorecard, data.KindOnboarding, data.KindOnboardingTask, data.KindTraining, data.KindOneOnOne, data.KindCommitment,
	data.KindMentoring, data.KindRecognition, data.KindGoal, data.KindReview, data.KindDispute, data.KindMeeting, data.KindMeetingItem, data.KindAction,
}

// aboutOne are the kinds of records that are written of one person or candidate
// alone, by the field that names him: their texts go with him.
var aboutOne = map[string]map[string]string{
	data.KindPerson: {
		data.KindDevice: "person", data.KindOneOnOne: "person", data.KindCommitment: "person", data.KindGoal: "person", data.KindReview: "person", data.KindTraining: "person",
		data.KindSkillLevel: "person", data.KindMentoring: "person", data.KindOnboarding: "person", data.KindRecognition: "person", data.KindAbsence: "person", data.KindSignOff: "person",
		data.KindWhatIf: "person",
	},
	data.KindCandidate: {data.KindScorecard: "candidate"},
}

// mentions are the texts of other records that say the name of a row.
func (p *Privacy) mentions(ctx context.Context, of data.Row) ([]AboutMention, error) {
	out := []AboutMention{}
	name := strings.TrimSpace(of.Text("name"))
	if name == "" || name == data.ErasedName(of.Kind.Name, of.ID) {
		return out, nil
	}
	for _, kind := range talkingKinds {
		k, err := p.app.store.Kind(kind)
		if err != nil {
			return nil, err
		}
		for _, f := range k.Fields {
			if f.Type != data.TypeText && f.Type != data.TypeLongText || f.Custom {
				continue
			}
			rows, err := p.app.store.List(ctx, data.Query{Kind: kind, Where: []data.Filter{{Field: f.Name, Test: data.Contains, Values: []data.Value{name}}}})
			if err != nil {
				return nil, err
			}
			for _, row := range rows {
				if row.ID != of.ID {
					out = append(out, AboutMention{kind, row.ID.String(), RecordName(row), f.Name})
				}
			}
		}
	}
	return out, nil
}

// Export writes what the book holds of a person or contact to path, as one JSON
// document: a person can read it, and other programs can, too. Tables would need
// a file for each part of it. The file appears whole or not at all.
func (p *Privacy) Export(ctx context.Context, kind string, id data.ID, path string) (*About, error) {
	about, err := p.About(ctx, kind, id)
	if err != nil {
		return nil, err
	}
	return about, WriteFile(path, func(w io.Writer) error {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return data.Wrap(data.Refused, enc.Encode(about), "%s cannot be written; the book is as before", path)
	})
}
