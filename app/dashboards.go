package app

import (
	"context"
	"slices"

	"fieldbook/data"
	"fieldbook/data/store"
)

// Dashboards are people's own pages of cards and charts. A page is one row of kind
// dashboard, for a role or of a person, with its layout in one cell.
type Dashboards struct{ app *App }

// Dashboard is one page.
type Dashboard struct {
	ID     data.ID // zero: not in the book, the page of the role by itself
	Name   string
	Role   string
	Layout Layout
	Fault  error // the layout cannot be read
}

// List gives the pages for me: my own, then those of my role or for anybody, each in
// its order; where there is none, the one by itself, without a name. Who is nobody in
// a book without members sees all.
func (d *Dashboards) List(ctx context.Context) ([]Dashboard, error) {
	me, err := d.app.Me(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := d.app.Records.List(ctx, data.Query{Kind: data.KindDashboard})
	if err != nil {
		return nil, err
	}
	rows = slices.DeleteFunc(rows, func(r data.Row) bool { return !me.seesPage(r) })
	slices.SortStableFunc(rows, me.orderPages)
	var out []Dashboard
	for _, r := range rows {
		out = append(out, pageOf(r))
	}
	if len(out) == 0 {
		role := me.Role
		if role == "" {
			role = data.RoleManager
		}
		out = []Dashboard{{Role: role, Layout: DefaultLayout(role)}}
	}
	return out, nil
}

// ownsPage reports whether a page is my own.
func (me Me) ownsPage(r data.Row) bool { return !me.ID.IsZero() && r.Ref("person") == me.ID }

// seesPage reports whether a page is for me: my own, of my role or for anybody.
func (me Me) seesPage(r data.Row) bool {
	if me.ownsPage(r) || me.ID.IsZero() {
		return true
	}
	if role := r.Text("role"); role != "" {
		return role == me.Role
	}
	return r.Ref("person").IsZero()
}

// orderPages puts my own pages first, then each in its order.
func (me Me) orderPages(a, b data.Row) int {
	if me.ownsPage(a) != me.ownsPage(b) {
		if me.ownsPage(a) {
			return -1
		}
		return 1
	}
	return int(a.Int("position") - b.Int("position"))
}

// pageOf reads a page; one of a role without a layout has the one of the role.
func pageOf(r data.Row) Dashboard {
	page := Dashboard{ID: r.ID, Name: r.Text("name"), Role: r.Text("role")}
	if page.Layout, page.Fault = ParseLayout(r.Text("layout")); page.Fault == nil && r.Text("layout") == "" && page.Role != "" {
		page.Layout = DefaultLayout(page.Role)
	}
	return page
}

// Save writes a page's layout; a page that is not in the book yet is added as mine,
// under its name. It gives the page's id.
func (d *Dashboards) Save(ctx context.Context, page Dashboard) (data.ID, error) {
	values := data.Values{"layout": page.Layout.String()}
	if !page.ID.IsZero() {
		return page.ID, d.app.Records.Set(ctx, data.KindDashboard, []data.ID{page.ID}, values)
	}
	me, err := d.app.Me(ctx)
	if err != nil {
		return data.NoID, err
	}
	values["name"] = page.Name
	if !me.ID.IsZero() {
		values["person"] = me.ID
	}
	rows, err := d.app.Records.List(ctx, data.Query{Kind: data.KindDashboard})
	if err != nil {
		return data.NoID, err
	}
	values["position"] = int64(len(rows) + 1)
	return d.app.Records.Add(ctx, data.KindDashboard, values)
}

// Order puts pages of the book in this order, as one step.
func (d *Dashboards) Order(ctx context.Context, pages []Dashboard) error {
	k, err := d.app.Records.Kind(data.KindDashboard)
	if err != nil {
		return err
	}
	return d.app.write(ctx, store.Act{What: "Put dashboards in order"}, func(tx *store.Tx) error {
		for i, p := range pages {
			if p.ID.IsZero() {
				continue
			}
			if err := putExisting(tx, k, p.ID, data.Values{"position": int64(i + 1)}); err != nil {
				return err
			}
		}
		return nil
	})
}
