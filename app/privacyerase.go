package app

import (
	"context"
	"maps"
	"slices"
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
	"fieldbook/data/store"
)

// Erasure says what erasing a person's or contact's data takes, and what it
// leaves.
type Erasure struct {
	Kind     string         `json:"kind"`
	ID       string         `json:"id"`
	Name     string         `json:"name"`
	Becomes  string         `json:"becomes"` // what the record is called from then on
	Goes     []ErasedField  `json:"goes"`
	Stays    []Stay         `json:"stays"`
	Mentions []AboutMention `json:"mentions"` // for somebody to look at

	redactions []data.Values
}

// ErasedField is a field whose every value goes, now and in the history of
// every book.
type ErasedField struct {
	Kind  string `json:"kind"`
	Field string `json:"field"`
	Label string `json:"label"`
	Value string `json:"value"` // as it stands; empty where only the history may have one
}

// Stay is something that is not erased, and why.
type Stay struct {
	What  string `json:"what"`
	Count int    `json:"count,omitempty"`
	Place string `json:"place,omitempty"` // the folder where it lies
	Why   string `json:"why"`
}

// What stays, and why. The window shows these sentences in its language.
const (
	StayLinks    = "Records that point to the record"
	stayLinksWhy = "Figures, owners and reporting lines count by them; they show the new name."

	StayWork    = "Role, manager, status and days of employment"
	stayWorkWhy = "Rights and figures of the whole team stand on them, and they name nobody."

	StayActs    = "What the person did in the book"
	stayActsWhy = "The history of other records needs it. The name and the device are taken out."

	StayHash    = "A fingerprint of each erased value"
	stayHashWhy = "Signatures of changes are checked by it. It cannot be turned back, but who guesses a value can prove the guess."

	StayBackups    = "Backups of this book"
	stayBackupsWhy = "They hold the book as it was. Delete those that you need no more; a backup that is restored brings the data back to that one book until it merges a newer file."

	StayFolder    = "Share files in the shared folder"
	stayFolderWhy = "Older files of this book in it hold the data until everybody has taken them in and newer ones take their place."

	StayGiven    = "What was given away: share files, exports, reports, copies of the book"
	stayGivenWhy = "No program reaches them. Every book that merges a newer file of this one erases the data, too."

	StayMentions    = "Texts of other records that say the name"
	stayMentionsWhy = "Nobody but a person can tell what they mean. Look at each and change it; its history keeps the old words."
)

// EraseWhat tells what Erase would take and leave. It is Refused where the user
// has no right to erase. Of who was erased before, nothing goes any more.
func (p *Privacy) EraseWhat(ctx context.Context, kind string, id data.ID) (*Erasure, error) {
	out, err := p.plan(ctx, kind, id)
	if err != nil {
		return nil, err
	}
	act, err := p.app.signed(ctx, store.Act{What: "Erase"})
	if err != nil {
		return nil, err
	}
	return out, p.app.store.Rehearse(ctx, act, out.write)
}

func (p *Privacy) plan(ctx context.Context, kind string, id data.ID) (*Erasure, error) {
	row, err := p.subject(ctx, kind, id)
	if err != nil {
		return nil, err
	}
	me, err := p.app.Me(ctx)
	if err != nil {
		return nil, err
	}
	if me.ID == id {
		return nil, data.Errorf(data.Refused, "nobody erases themselves in the book that they work in; nothing was changed. Another lead can do it in theirs")
	}
	out := &Erasure{Kind: row.Kind.Name, ID: id.String(), Name: row.Title(), Becomes: data.ErasedName(row.Kind.Name, id)}
	if err := p.goes(ctx, row, out); err != nil {
		return nil, err
	}
	if out.Mentions, err = p.mentions(ctx, row); err != nil {
		return nil, err
	}
	return out, p.stays(ctx, row, out)
}

// goes finds the cells that can be erased of the row, of those that were joined
// with it and of what is written of him alone.
func (p *Privacy) goes(ctx context.Context, row data.Row, out *Erasure) error {
	rows := []data.Row{row}
	for _, kind := range slices.Sorted(maps.Keys(aboutOne[row.Kind.Name])) {
		of, err := p.app.store.List(ctx, data.Query{Kind: kind, Where: []data.Filter{{Field: aboutOne[row.Kind.Name][kind], Test: data.Is, Values: []data.Value{row.ID}}}})
		if err != nil {
			return err
		}
		rows = append(rows, of...)
	}
	joined, err := p.joined(ctx, row)
	if err != nil {
		return err
	}
	rows = append(rows, joined...)
	currency := p.app.Book().Currency
	for _, r := range rows {
		gone, err := p.app.store.Erased(ctx, r.ID)
		if err != nil {
			return err
		}
		var cells []string
		for _, f := range r.Kind.Fields {
			if !data.Erasable(r.Kind.Name, f.Cell) || gone[f.Cell] {
				continue
			}
			cells = append(cells, f.Cell)
			out.Goes = append(out.Goes, ErasedField{r.Kind.Name, f.Name, f.Label, f.Format(r.Values[f.Name], currency.Digits())})
		}
		if len(cells) > 0 {
			out.redactions = append(out.redactions, data.Values{"kind": r.Kind.Name, "row": r.ID.String(), "cells": strings.Join(cells, ";")})
		}
	}
	return nil
}

func (p *Privacy) stays(ctx context.Context, row data.Row, out *Erasure) error {
	links, err := p.links(ctx, row)
	if err != nil {
		return err
	}
	n := 0
	for _, l := range links {
		n += len(l.Rows)
	}
	if n > 0 {
		out.Stays = append(out.Stays, Stay{What: StayLinks, Count: n, Why: stayLinksWhy})
	}
	if row.Kind.Name == data.KindPerson {
		out.Stays = append(out.Stays, Stay{What: StayWork, Why: stayWorkWhy})
		acts, err := p.app.store.ActsBy(ctx, row.ID)
		if err != nil {
			return err
		}
		if acts > 0 {
			out.Stays = append(out.Stays, Stay{What: StayActs, Count: acts, Why: stayActsWhy})
		}
	}
	if len(out.Mentions) > 0 {
		out.Stays = append(out.Stays, Stay{What: StayMentions, Count: len(out.Mentions), Why: stayMentionsWhy})
	}
	out.Stays = append(out.Stays, Stay{What: StayHash, Why: stayHashWhy})
	backups, err := p.app.Backups.List()
	if err != nil {
		return err
	}
	if len(backups) > 0 {
		out.Stays = append(out.Stays, Stay{What: StayBackups, Count: len(backups), Place: p.app.Backups.Folder(), Why: stayBackupsWhy})
	}
	folder, err := p.app.Sharing.Folder.Setup(ctx)
	if err != nil {
		return err
	}
	if folder.Dir != "" {
		out.Stays = append(out.Stays, Stay{What: StayFolder, Place: folder.Dir, Why: stayFolderWhy})
	}
	out.Stays = append(out.Stays, Stay{What: StayGiven, Why: stayGivenWhy})
	return nil
}

func (e *Erasure) write(tx *store.Tx) error {
	for _, values := range e.redactions {
		if _, err := tx.Put(data.KindRedaction, data.NewID(), values); err != nil {
			return err
		}
	}
	return nil
}

// Erase takes the data of a person or contact out of this book, and out of every
// other one once it merges a file of it. It cannot be undone. The file is
// rewritten so that no trace is left in it, which takes a moment in a large book.
// Of who was erased before, that alone is done.
func (p *Privacy) Erase(ctx context.Context, kind string, id data.ID, reason string) (*Erasure, error) {
	out, err := p.plan(ctx, kind, id)
	if err != nil {
		return nil, err
	}
	if name := sheet.Fold(out.Name); name != "" && strings.Contains(sheet.Fold(reason), name) {
		return nil, data.FieldErrorf("reason", "the reason stays in every book, so it must not say the name; nothing was changed")
	}
	for _, values := range out.redactions {
		values["reason"] = nil
		if reason = strings.TrimSpace(reason); reason != "" {
			values["reason"] = reason
		}
	}
	if err := p.app.write(ctx, store.Act{What: "Erase the data of " + out.Becomes, Aside: true}, out.write); err != nil {
		return nil, err
	}
	// What was committed is erased whatever comes of this.
	err = p.app.store.Compact(context.WithoutCancel(ctx))
	if kind := data.KindOf(err); err != nil && kind != data.Busy {
		err = data.Wrap(kind, err, "the data is erased, but the file could not be rewritten, so traces may be left in its unused parts. Make room on the disk and erase once more")
	}
	return out, err
}
