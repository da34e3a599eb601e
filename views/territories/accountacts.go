package territories

import (
	"context"

	"fieldbook/assets/lang"
	"fieldbook/data"
	"fieldbook/views/kit"
)

// accountFields are those of the form of an account, in order.
func accountFields(k *data.Kind) []string {
	return append([]string{
		"name", "territory", "owner", "visit_class", "potential", "industry", "parent", "address", "city", "state", "postal_code", "country",
		"latitude", "longitude", "employees", "revenue", "founded", "website", "phone", "external_id", "note",
	}, k.CustomNames()...)
}

func (p *accountPage) edit() {
	if p.page == nil || !p.s.writable() {
		return
	}
	row, k := p.page.Row, p.s.accountKind()
	p.s.host.ShowRecordForm(kit.RecordForm{
		Title: row.Title(), Kind: k, Row: &row, Fields: accountFields(k), What: lang.T("Change %s", row.Title()),
		Keep: func(ctx context.Context, v data.Values, _ kit.Values) error {
			return p.s.host.App.Records.Set(ctx, data.KindAccount, []data.ID{row.ID}, v)
		},
	})
}

// addAccount asks for a new account in the chosen territory.
func (s *Screen) addAccount() {
	k := s.accountKind()
	preset := &data.Row{Kind: k, Values: data.Values{}, Labels: map[string]string{}}
	if t := s.current(); t != nil {
		preset.Values["territory"], preset.Labels["territory"] = t.Row.ID, t.Row.Title()
	}
	s.host.ShowRecordForm(kit.RecordForm{
		Title: lang.T("Add an account"), Save: lang.T("Add"), Kind: k, Preset: preset, Fields: accountFields(k),
		Keep: func(ctx context.Context, v data.Values, _ kit.Values) error {
			id, err := s.host.App.Records.Add(ctx, data.KindAccount, v)
			if err == nil {
				s.host.Runner.Do(func() { s.host.Go(kit.Target{Screen: "territories", Kind: data.KindAccount, ID: id}) })
			}
			return err
		},
	})
}

// editContact changes a contact of the account; nil adds one.
func (p *accountPage) editContact(c *data.Row) {
	k := p.s.kind(data.KindContact)
	f := kit.RecordForm{
		Title: lang.T("Add a contact"), Save: lang.T("Add"), Kind: k, Row: c,
		Fields: append([]string{"name", "title", "influence", "email", "phone", "note"}, k.CustomNames()...),
		Keep: func(ctx context.Context, v data.Values, _ kit.Values) error {
			v["account"] = p.id
			_, err := p.s.host.App.Records.Add(ctx, data.KindContact, v)
			return err
		},
	}
	if c != nil {
		f.Title, f.Save, f.What = c.Title(), "", lang.T("Change %s", c.Title())
		f.Keep = func(ctx context.Context, v data.Values, _ kit.Values) error {
			return p.s.host.App.Records.Set(ctx, data.KindContact, []data.ID{c.ID}, v)
		}
	}
	p.s.host.ShowRecordForm(f)
}

func (p *accountPage) logActivity() {
	k := p.s.kind(data.KindActivity)
	preset := &data.Row{Kind: k, Values: data.Values{"type": "call", "day": p.s.words.Today, "done": true}, Labels: map[string]string{}}
	p.s.host.ShowRecordForm(kit.RecordForm{
		Title: lang.T("Log an activity"), Save: lang.T("Log"), Kind: k, Preset: preset, What: lang.T("Log an activity"),
		Fields: append([]string{"type", "subject", "day", "minutes", "person", "done", "note"}, k.CustomNames()...),
		Keep: func(ctx context.Context, v data.Values, _ kit.Values) error {
			v["account"] = p.id
			_, err := p.s.host.App.Records.Add(ctx, data.KindActivity, v)
			return err
		},
	})
}

func (p *accountPage) askRemove() {
	if p.page == nil {
		return
	}
	name := p.title()
	kit.Confirm(p.s.host.Window, kit.ConfirmOptions{
		Title: lang.T("Remove %s?", name), Yes: lang.T("Remove"), Danger: true,
		Text: lang.T("Its deals, contacts and activities stay, without an account. Undo brings it back."),
		OnYes: func() {
			p.s.host.Act(lang.T("Remove %s", name), func(ctx context.Context) error {
				return p.s.host.App.Records.Remove(ctx, data.KindAccount, []data.ID{p.id})
			}, p.s.back)
		},
	})
}
