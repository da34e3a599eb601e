package app

import (
	"slices"
	"strings"

	"fieldbook/data"
	"fieldbook/data/sheet"
	"fieldbook/data/store"
)

// Words of the columns of a table that links deals to other records.
var (
	linkDeals  = strings.Fields("dealid opportunityid dealrecordid opportunityrecordid potentialid dealsid")
	linkOthers = map[string][]string{
		"account": strings.Fields("companyid accountid organizationid organisationid orgid companyrecordid accountrecordid primarycompanyid"),
		"contact": strings.Fields("contactid personid contactrecordid personrecordid primarycontactid"),
	}
	linkBeside = strings.Fields("id typeid type category label labels associationtype associationtypeid associationcategory fivetransynced fivetrandeleted isprimary primary role createddate createdat updatedat addtime createdon modifiedon systemmodstamp isdeleted")
)

// linkColumns finds the columns of a table that only links deals to accounts or
// contacts, by their ids.
func (f *FilePlan) linkColumns() (deal, other int, field string, ok bool) {
	deal, other = -1, -1
	for i, c := range f.Columns {
		word := sheet.Fold(c.Name)
		switch {
		case slices.Contains(linkDeals, word) && deal < 0:
			deal = i
		case slices.Contains(linkOthers["account"], word) && other < 0:
			other, field = i, "account"
		case slices.Contains(linkOthers["contact"], word) && other < 0:
			other, field = i, "contact"
		case !slices.Contains(linkBeside, word):
			return deal, other, field, false
		}
	}
	return deal, other, field, deal >= 0 && other >= 0
}

// planLinks takes files that link deals for what they are.
func (p *ImportPlan) planLinks() error {
	for _, f := range p.Files {
		deal, other, field, ok := f.linkColumns()
		if f.Kind != "" || !f.readable || !ok {
			continue
		}
		source := SourceFile
		if l := f.layoutFor("*"); l != nil {
			source = l.source
		}
		for _, of := range p.Files {
			if of.Kind == data.KindDeal && !of.links && !of.own {
				source = of.Source
			}
		}
		if err := f.SetKind(data.KindDeal); err != nil {
			return err
		}
		f.clearFields()
		f.Columns[deal].Field, f.Columns[other].Field = "external_id", field
		f.links, f.Source, f.Mode, f.stageless.rows, f.edited = true, source, ModeUpdate, 0, false
		f.Why = "The file links deals by ids; it fills in what deals lack."
	}
	return nil
}

// link fills in what a deal lacks: the record that the row links it to.
func (w *importWriter) link(row *importRow) error {
	outer := w.outer(row)
	id, err := w.dealNamed(outer)
	if err != nil {
		return err
	}
	deal, _ := id.(data.ID)
	if deal.IsZero() {
		w.setAside(ImportProblem{Line: row.line, Column: w.keyColumn(), Value: outer, Why: "there is no such deal in the files or the book"}, "")
		return nil
	}
	at := slices.IndexFunc(w.shape.fields, func(f data.Field) bool { return f.Type == data.TypeRef && f.Name != "stage" })
	field, text := w.shape.fields[at], textAt(row, at)
	names, err := w.of(field.Ref)
	if err != nil {
		return err
	}
	e := names.find(text)
	if text == "" || e == nil || !e.there && !w.tx.Exists(e.id) {
		w.setAside(ImportProblem{Line: row.line, Column: w.shape.columns[at].Name, Value: text, Why: describeRef(field)}, "")
		return nil
	}
	old, err := w.tx.Row(data.KindDeal, deal)
	if err != nil {
		return err
	}
	if old.Has(field.Name) {
		w.count(store.Unchanged)
		return nil
	}
	out, err := w.tx.Put(data.KindDeal, deal, data.Values{field.Name: e.value})
	if err == nil {
		w.count(out)
	}
	return err
}
