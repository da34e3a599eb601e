package pipeline

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fieldbook/app"
	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// dealFace is the page of one deal.
type dealFace struct {
	s      *Screen
	loader *kit.Loader
	body   *fyne.Container
	id     data.ID  // what to show,
	key    data.Key // by either; both are known once it is read
	story  app.DealStory

	process   app.DealProcess
	shown     data.ID // the framework in front
	discovery bool    // the guides stand where the framework does
}

func newDealFace(s *Screen) *dealFace {
	f := &dealFace{s: s, body: container.NewStack()}
	f.loader = s.h.Loader(f.body)
	return f
}

// dealData is what one load of the page brings.
type dealData struct {
	known
	story   app.DealStory
	process app.DealProcess
}

func (f *dealFace) load() {
	s, view := f.s, f.s.h.View()
	wants, kept, id, key := s.wants, s.kept, f.id, f.key
	kit.Load(f.loader, func(ctx context.Context) (dealData, error) {
		k, err := s.know(ctx, view, wants, kept)
		if err != nil {
			return dealData{}, err
		}
		if id.IsZero() {
			ids, err := s.h.App.Pipeline.IDs(ctx, []data.Key{key})
			if err != nil {
				return dealData{}, err
			}
			if len(ids) == 0 {
				return dealData{}, data.Errorf(data.NotFound, "%s", lang.T("This deal is no longer in the book. Undo brings it back."))
			}
			id = ids[0]
		}
		story, err := s.h.App.Pipeline.Story(ctx, id)
		if err != nil {
			return dealData{}, err
		}
		process, err := s.h.App.Process.Deal(ctx, id)
		return dealData{k, story, process}, err
	}, f.show)
}

func (f *dealFace) show(d dealData) {
	f.story, f.process = d.story, d.process
	f.id, f.key = d.story.Deal.ID, d.story.Deal.Key
	f.s.learn(d.known)
	f.body.Objects = []fyne.CanvasObject{f.page()}
	f.body.Refresh()
	f.s.h.Changed()
}

// title is the last crumb: account and product.
func (f *dealFace) title() string {
	if f.story.Deal.Kind == nil {
		return lang.T("Deal")
	}
	name := app.DealName(f.story.Deal.Row)
	if product := f.story.Deal.Labels["product"]; product != "" && product != name {
		name += " · " + product
	}
	return name
}

func (f *dealFace) stageName() string {
	if f.story.Deal.Kind == nil {
		return ""
	}
	return f.story.Deal.Labels["stage"]
}

// tools go to the deals before and after in the list.
func (f *dealFace) tools() []fyne.CanvasObject {
	at := slices.Index(f.s.list, f.key)
	if at < 0 || len(f.s.list) < 2 {
		return nil
	}
	w := f.s.words()
	before := kit.NewButton(kit.ButtonOptions{Icon: "chevl", OnTap: func() { f.step(-1) }})
	after := kit.NewButton(kit.ButtonOptions{Icon: "chevr", OnTap: func() { f.step(1) }})
	if at == 0 {
		before.Disable()
	}
	if at == len(f.s.list)-1 {
		after.Disable()
	}
	where := kit.NewText(lang.T("%s of %s", w.num.Count(at+1), w.num.Count(len(f.s.list))), kit.TextStyle{Color: kit.ColorFg2})
	return []fyne.CanvasObject{before, after, where}
}

// step goes on to a neighbour in the list.
func (f *dealFace) step(by int) {
	at := slices.Index(f.s.list, f.key) + by
	if at >= 0 && at < len(f.s.list) && f.key != 0 {
		f.s.openKey(f.s.list[at], f.s.list)
	}
}

// page lays the panels out as in the picture: the path over the whole width,
// below it what the deal is, what happened, and what comes next.
func (f *dealFace) page() fyne.CanvasObject {
	left := kit.VBox(kit.GapPanel, f.dealPanel(), kit.Grow(f.contactPanel()))
	middle := f.middle()
	right := kit.VBox(kit.GapPanel, f.stepPanel(), kit.Grow(f.activityPanel()))
	return kit.Page(f.pathPanel(), kit.Grow(kit.Columns(kit.GapPanel, []float32{27, 49, 32}, left, middle, right)))
}

// middle is how far the deal is, above what was changed.
func (f *dealFace) middle() fyne.CanvasObject {
	if len(f.process.Frameworks)+len(f.process.Guides) == 0 {
		return f.historyPanel()
	}
	return container.New(halves{kit.GapPanel}, f.qualifyPanel(), f.historyPanel())
}

// halves puts two things above each other, each with half of the height.
type halves struct{ gap float32 }

// MinSize implements fyne.Layout.
func (h halves) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(max(a.Width, b.Width), a.Height+b.Height+h.gap)
}

// Layout implements fyne.Layout.
func (h halves) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	high := (size.Height - h.gap) / 2
	for i, o := range objects {
		o.Move(fyne.NewPos(0, float32(i)*(high+h.gap)))
		o.Resize(fyne.NewSize(size.Width, high))
	}
}

// logActivity asks what was done.
func (f *dealFace) logActivity() {
	f.askActivity("", false)
}

// askActivity logs an activity; with finish it is the next step, done.
func (f *dealFace) askActivity(subject string, finish bool) {
	s := f.s
	kind, err := s.h.App.Records.Kind(data.KindActivity)
	if err != nil || s.readOnly() || f.story.Deal.Kind == nil {
		return
	}
	types, _ := kind.Field("type")
	value := "call"
	if subject != "" {
		value = stepType(subject)
	}
	var people []kit.Option
	for _, c := range f.story.Contacts {
		people = append(people, kit.Option{Key: c.ID.String(), Text: c.Title(), Detail: c.Text("title")})
	}
	fields := []kit.Field{
		{Key: "type", Label: lang.T("What"), Kind: kit.FieldChoice, Options: choiceOptions(types), Value: value, Required: true},
		{Key: "day", Label: lang.T("Day"), Kind: kit.FieldDay, Value: s.h.App.Today().String(), Required: true},
		{Key: "subject", Label: lang.T("Subject"), Value: subject, Wide: true},
		{Key: "contact", Label: lang.T("With"), Kind: kit.FieldChoice, Options: people},
		{Key: "minutes", Label: lang.T("Minutes"), Kind: kit.FieldWhole},
		{Key: "note", Label: lang.T("Note"), Kind: kit.FieldLong},
	}
	ask := formAsk{title: lang.T("Log activity"), save: lang.T("Log activity"), fields: fields}
	if finish {
		ask.title, ask.save = lang.T("Next step done"), lang.T("Done")
		ask.fields = append(fields, kit.Field{Key: "next", Label: lang.T("And then?"), Hint: lang.T("The step after it")},
			kit.Field{Key: "next_day", Label: lang.T("When"), Kind: kit.FieldDay, Hint: "fri, +2w"})
	}
	ask.then = func(v kit.Values) error { return f.log(v, finish) }
	s.form(ask)
}

func (f *dealFace) log(v kit.Values, finish bool) error {
	day, err := v.Day("day")
	if err != nil {
		return err
	}
	next, err := v.Day("next_day")
	if err != nil {
		return err
	}
	minutes, err := v.Whole("minutes")
	if err != nil {
		return err
	}
	l := app.LogActivity{
		Deal: f.id, Type: v["type"], Subject: v["subject"], Day: day, Minutes: minutes, Note: v["note"],
		FinishStep: finish, Next: v["next"], NextDay: next,
	}
	if v["contact"] != "" {
		if l.Contact, err = data.ParseID(v["contact"]); err != nil {
			return err
		}
	}
	f.s.h.Act(lang.T("Logged with %s", app.DealName(f.story.Deal.Row)), func(ctx context.Context) error {
		return f.s.h.App.Pipeline.LogActivity(ctx, l)
	}, nil)
	return nil
}

// addContact asks for a person at the deal's account.
func (f *dealFace) addContact() {
	account := f.story.Account
	kind, err := f.s.h.App.Records.Kind(data.KindContact)
	if err != nil || account.Kind == nil {
		return
	}
	influence, _ := kind.Field("influence")
	fields := []kit.Field{
		{Key: "name", Label: lang.T("Name"), Required: true},
		{Key: "title", Label: lang.T("Title")},
		{Key: "influence", Label: lang.T("Influence"), Kind: kit.FieldChoice, Options: choiceOptions(influence)},
		{Key: "phone", Label: lang.T("Phone")},
		{Key: "email", Label: lang.T("Email"), Wide: true},
	}
	f.s.form(formAsk{title: lang.T("New contact at %s", account.Title()), save: lang.T("Save contact"), fields: fields, then: func(v kit.Values) error {
		values := data.Values{"account": account.ID}
		for key, text := range v {
			if text != "" {
				values[key] = text
			}
		}
		f.s.h.Act(lang.T("Contact saved"), func(ctx context.Context) error {
			_, err := f.s.h.App.Records.Add(ctx, data.KindContact, values)
			return err
		}, nil)
		return nil
	}})
}
