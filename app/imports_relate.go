package app

import (
	"cmp"
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
)

// relate tells the deals of a plan, and their history, what other files of it
// say of them: the stages and pipelines that these bring, by the ids of their
// program, and the deals that were merged into others.
func (im *Imports) relate(ctx context.Context, plan *ImportPlan, opt PlanOptions) error {
	if err := plan.planLinks(); err != nil {
		return err
	}
	var coming []knownPipeline
	merged := map[string]string{}
	for _, f := range plan.Files {
		var err error
		switch {
		case f.Kind == data.KindPipeline || f.Kind == data.KindStage:
			coming, err = im.comingStages(ctx, f, coming)
		case f.Kind == "" && f.readable && f.hasColumns("dealid mergeddealid"):
			err = f.mergedDeals(ctx, merged)
		}
		if err != nil {
			return err
		}
	}
	for _, f := range plan.Files {
		if f.Kind != data.KindDeal && f.Kind != data.KindStageEntry {
			continue
		}
		if f.merged = merged; len(coming) == 0 || f.links {
			continue
		}
		if err := im.recogniseAmong(ctx, f, coming, opt); err != nil {
			return err
		}
	}
	return nil
}

// recogniseAmong recognises a file anew, among the pipelines that come with it.
func (im *Imports) recogniseAmong(ctx context.Context, f *FilePlan, coming []knownPipeline, opt PlanOptions) error {
	f.pipelines = append(slices.Clone(coming), f.pipelines...)
	if err := im.recognise(ctx, f, opt); err != nil {
		return err
	}
	return opt.modes(f)
}

// hasColumns reports whether the file has all columns of a list of folded names.
func (f *FilePlan) hasColumns(list string) bool {
	have := f.columnWords()
	return !anyWord(list, func(w string) bool { return !have[w] })
}

// comingStages adds the pipelines or stages that a file brings to those that
// other files do, under the ids that the import will give them.
func (im *Imports) comingStages(ctx context.Context, f *FilePlan, coming []knownPipeline) ([]knownPipeline, error) {
	fields := f.Fields()
	shape := f.newShape(fields)
	outer, name, pipeline := shape.index("external_id"), shape.index("name"), shape.index("pipeline")
	position := shape.index("position")
	w := &importWriter{shape: shape, at: importPlaces{name: name, outer: outer, first: -1, last: -1}}
	w.findFlags()
	err := f.stream(ctx, shape, func(row *importRow) error {
		if row.problem != nil || w.flagged(row) != nil || textAt(row, name) == "" {
			return nil
		}
		if f.Kind == data.KindPipeline {
			coming = im.pipelineComing(coming, f, textAt(row, outer), textAt(row, name))
			return nil
		}
		in := textAt(row, pipeline)
		coming = im.pipelineComing(coming, f, in, in)
		i := slices.IndexFunc(coming, func(k knownPipeline) bool { return k.outer == in })
		at, _ := valueAt(row, position).(int64)
		stage := data.Row{ID: data.ImportedID(data.KindStage, f.Source, textAt(row, outer)), Values: data.Values{
			"name": strings.Clone(textAt(row, name)), "external_id": textAt(row, outer), "position": at, "type": w.typeStage(row),
		}}
		if stage.Kind = im.kind(data.KindStage); textAt(row, outer) != "" {
			coming[i].stages = append(coming[i].stages, stage)
		}
		return nil
	})
	return coming, err
}

func (im *Imports) kind(name string) *data.Kind {
	k, err := im.app.Records.Kind(name)
	if err != nil {
		return &data.Kind{Name: name}
	}
	return k
}

// pipelineComing adds a pipeline unless it is among those that come, with the
// id that it has in the book or will get.
func (im *Imports) pipelineComing(coming []knownPipeline, f *FilePlan, outer, name string) []knownPipeline {
	if slices.ContainsFunc(coming, func(k knownPipeline) bool { return k.outer == outer }) {
		return coming
	}
	for _, p := range f.pipelines {
		if p.outer == outer || p.outer == "" && sheet.Fold(p.name) == sheet.Fold(name) {
			return append(coming, knownPipeline{id: p.id, name: p.name, outer: outer})
		}
	}
	return append(coming, knownPipeline{id: data.ImportedID(data.KindPipeline, f.Source, outer), name: name, outer: outer})
}

// mergedDeals reads which deals were merged into which others.
func (f *FilePlan) mergedDeals(ctx context.Context, into map[string]string) error {
	at := map[string]int{}
	for i, c := range f.Columns {
		at[sheet.Fold(c.Name)] = i
	}
	err := f.eachRecord(func(rec sheet.Record) {
		if gone := rec.Cell(at["mergeddealid"]); gone != "" {
			into[strings.Clone(gone)] = strings.Clone(rec.Cell(at["dealid"]))
		}
	})
	return cmp.Or(ctx.Err(), err)
}

// eachRecord calls fn with every row of the file that can be read.
func (f *FilePlan) eachRecord(fn func(sheet.Record)) error {
	src, err := sheet.Open(f.Path, f.Format)
	if err != nil {
		return err
	}
	defer func() { _ = src.Close() }() // it was only read
	for {
		rec, err := src.Next()
		var bad *sheet.RowError
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.As(err, &bad):
			continue
		case err != nil:
			return err
		}
		fn(rec)
	}
}
