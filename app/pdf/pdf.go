// Package pdf sets a report.Doc on paper. One layout makes pages of
// chart.Picture; they come out as PDF with selectable text, as pixels or as
// SVG. The same document always gives the same bytes.
package pdf

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"fieldbook/app/chart"
	"fieldbook/app/report"
	"fieldbook/data"

	"github.com/go-pdf/fpdf"
)

// Size is a size of paper.
type Size int

// The sizes.
const (
	A4 Size = iota
	Letter
)

// Page says on which paper to print.
type Page struct {
	Size      Size
	Landscape bool
	Mono      bool // greys only
}

// pixels is the paper's size at 96 per inch.
func (p Page) pixels() (w, h int) {
	w, h = 794, 1123
	if p.Size == Letter {
		w, h = 816, 1056
	}
	if p.Landscape {
		return h, w
	}
	return w, h
}

// points is the paper's size at 72 per inch.
func (p Page) points() (w, h float64) {
	w, h = 595.28, 841.89
	if p.Size == Letter {
		w, h = 612, 792
	}
	if p.Landscape {
		return h, w
	}
	return w, h
}

// What one picture may hold: this many pages, and this many pixels of 4 bytes.
const (
	mostPixelPages = 12
	mostPixels     = 100e6
)

// Paper is a report set on pages: what a preview shows and what is printed.
type Paper struct {
	page  Page
	doc   report.Doc
	pages []*chart.Picture
	marks []bookmark
}

// Set lays a document out.
func Set(doc report.Doc, page Page) *Paper {
	p := &Paper{page: page, doc: doc}
	p.pages, p.marks = lay(doc, page)
	return p
}

// Bind binds documents behind a cover with pages numbered through. cover makes
// the first document from the page that each of docs begins on; it must take as
// many pages whatever these are. The file is about what the cover says of itself.
func Bind(cover func(pages []int) report.Doc, docs []report.Doc, page Page) *Paper {
	first := set(cover(make([]int, len(docs))), page)
	parts := make([]*layout, 0, len(docs)+1)
	begins, all := make([]int, len(docs)), len(first.pages)
	for i, doc := range docs {
		l := set(doc, page)
		parts = append(parts, l)
		begins[i] = all + 1
		all += len(l.pages)
	}
	first = set(cover(begins), page)
	out := &Paper{page: page, doc: first.doc}
	for _, l := range append([]*layout{first}, parts...) {
		before := len(out.pages)
		out.marks = append(out.marks, bookmark{text: l.doc.Title, page: before})
		for _, m := range l.marks {
			m.page, m.level = m.page+before, 1
			out.marks = append(out.marks, m)
		}
		out.pages = append(out.pages, l.finish(before, all)...)
	}
	return out
}

// Title is what the document is called.
func (p *Paper) Title() string { return p.doc.Title }

// Paper is what it is set on.
func (p *Paper) Paper() Page { return p.page }

// Pages are its pages, in px at 96 per inch.
func (p *Paper) Pages() []*chart.Picture { return p.pages }

// Pick leaves the pages of these numbers, from 1 on, in their order. Numbers
// that it does not have count for nothing.
func (p *Paper) Pick(numbers []int) *Paper {
	out := &Paper{page: p.page, doc: p.doc}
	for i, picture := range p.pages {
		if !slices.Contains(numbers, i+1) {
			continue
		}
		for _, m := range p.marks {
			if m.page == i {
				m.page = len(out.pages)
				out.marks = append(out.marks, m)
			}
		}
		out.pages = append(out.pages, picture)
	}
	for i := range out.marks { // a level stands under one of the level above
		if i == 0 || out.marks[i].level > out.marks[i-1].level+1 {
			out.marks[i].level = 0
		}
	}
	return out
}

// PDF writes the pages as a PDF. An Internal error means that none was made.
func (p *Paper) PDF() ([]byte, error) {
	out := p.page.document(p.doc)
	out.pages, out.marks = p.pages, p.marks
	return write(out)
}

// PNG draws the pages below each other as one picture, with scale device px per
// logical px, or less where the picture would pass 100 megapixels. One of more
// than 12 pages is Refused.
func (p *Paper) PNG(scale float64) ([]byte, error) {
	if len(p.pages) > mostPixelPages {
		return nil, data.Errorf(data.Refused, "The report has %d pages, too many for one picture. Save it as PDF, or choose fewer people or a shorter period.", len(p.pages))
	}
	w, h := p.page.pixels()
	return stack(p.doc, p.pages, min(scale, math.Sqrt(mostPixels/float64(w*h*len(p.pages))))).PNG()
}

// SVG draws the pages below each other as one drawing.
func (p *Paper) SVG() ([]byte, error) { return stack(p.doc, p.pages, 1).SVG() }

// Render sets doc on paper as a PDF.
func Render(doc report.Doc, opt Page) ([]byte, error) { return Set(doc, opt).PDF() }

// Chart writes one chart as a PDF of its own size. created is stamped into it.
func Chart(spec report.Spec, opt chart.Options, created time.Time) ([]byte, error) {
	const points = 0.75
	return write(document{
		doc:   report.Doc{Title: spec.Describe().Title, Created: created},
		pages: []*chart.Picture{chart.Draw(spec, opt)},
		width: float64(opt.Width) * points, height: float64(opt.Height) * points,
		pointsPerPixel: points, compress: true,
	})
}

// OnPage sets one chart on a page of its own. created is stamped into it.
func OnPage(spec report.Spec, page Page, created time.Time) *Paper {
	w, h := page.pixels()
	c := chart.NewCanvas(chart.Options{Width: w, Height: h, Mono: page.Mono})
	c.Place(chart.Draw(spec, chart.Options{Width: w - 2*margin, Height: h - 2*margin, Mono: page.Mono}), margin, margin)
	doc := report.Doc{Title: spec.Describe().Title, Created: created}
	return &Paper{page: page, doc: doc, pages: []*chart.Picture{c.Picture(doc.Title)}}
}

// stack puts pages below each other.
func stack(doc report.Doc, pages []*chart.Picture, scale float64) *chart.Picture {
	height := 0
	for _, p := range pages {
		height += p.Height
	}
	sheet := chart.NewCanvas(chart.Options{Width: pages[0].Width, Height: height, Scale: scale})
	y := 0.0
	for _, p := range pages {
		sheet.Place(p, 0, y)
		y += float64(p.Height)
	}
	return sheet.Picture(doc.Title)
}

// document is what a file is written from. Sizes are in points.
type document struct {
	doc            report.Doc
	pages          []*chart.Picture
	marks          []bookmark
	width, height  float64
	pointsPerPixel float64
	compress       bool
}

// document is one on this paper, without pages yet.
func (p Page) document(doc report.Doc) document {
	w, h := p.points()
	px, _ := p.pixels()
	return document{doc: doc, width: w, height: h, pointsPerPixel: w / float64(px), compress: true}
}

func write(d document) ([]byte, error) {
	f := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: d.width, Ht: d.height}})
	f.SetCatalogSort(true)
	f.SetCompression(d.compress)
	f.SetMargins(0, 0, 0)
	f.SetAutoPageBreak(false, 0)
	stamp(f, d.doc)
	r := newRenderer(f, d.pointsPerPixel)
	for i, p := range d.pages {
		f.AddPage()
		f.SetFont(family, "", 10)
		for _, m := range d.marks {
			if m.page == i {
				f.Bookmark(m.text, m.level, m.y*d.pointsPerPixel)
			}
		}
		p.Render(r, units)
	}
	var buf bytes.Buffer
	if err := r.Save(&buf); err != nil {
		return nil, data.Wrap(data.Internal, err, "The report could not be written as PDF. Your data is safe; try again, or save it as PNG.")
	}
	return buf.Bytes(), nil
}

// stamp sets the document's own facts; none comes from the clock.
func stamp(f *fpdf.Fpdf, doc report.Doc) {
	created := doc.Created.UTC()
	if doc.Created.IsZero() {
		created = time.Unix(0, 0).UTC()
	}
	f.SetCreationDate(created)
	f.SetModificationDate(created)
	f.SetTitle(doc.Title, true)
	f.SetSubject(doc.Subtitle, true)
	f.SetAuthor(doc.Author, true)
	f.SetKeywords(doc.Keywords, false)
	f.SetCreator("Fieldbook", false)
	f.SetProducer("Fieldbook", false)
	f.SetLang(strings.Map(func(r rune) rune {
		if r == '-' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, doc.Language))
}

// pageOf is the footer's page number.
func pageOf(doc report.Doc, page, of int) string {
	pattern := doc.PageOf
	if pattern == "" {
		pattern = "Page %d of %d"
	}
	return fmt.Sprintf(pattern, page, of)
}
