package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fieldbook/app"
	"fieldbook/data"
)

// membersCmd tells who belongs to the book, and begins that somebody does.
type membersCmd struct {
	List  membersListCmd  `cmd:"" default:"withargs" help:"List who belongs to the book, and on which devices; so it is without a word."`
	Found membersFoundCmd `cmd:"" help:"Give an open book members: who uses it here becomes the first, with a lead's rights."`
}

type membersListCmd struct {
	JSON bool `name:"json" help:"Print one JSON document."`
}

// memberDevice is one device of a member as scripts read it.
type memberDevice struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Fingerprint string `json:"fingerprint"`
	Invitation  bool   `json:"invitation"`
	Founder     bool   `json:"founder"`
	Here        bool   `json:"here"` // the device is this one
	Revoked     bool   `json:"revoked"`
}

type member struct {
	ID      string         `json:"id"`
	Name    string         `json:"name"`
	Role    string         `json:"role"`
	Founder bool           `json:"founder"`
	Devices []memberDevice `json:"devices"`
}

func (c membersListCmd) Run(ctx context.Context, s *session) error {
	return s.read(ctx, func(a *app.App) error {
		list, err := a.Members.List(ctx)
		switch {
		case err != nil:
			return err
		case c.JSON:
			return writeJSON(s.Out, map[string]any{"founded": a.Members.Founded(), "rows": membersJSON(list)})
		case !a.Members.Founded():
			return s.say("an open book: nobody is a member, and everybody may change everything; give it members with fieldbook members found")
		}
		return s.printMembers(list)
	})
}

func membersJSON(list []app.Participant) []member {
	out := make([]member, 0, len(list))
	for _, p := range list {
		m := member{ID: p.Person.ID.String(), Name: p.Person.Title(), Role: p.Role, Founder: p.Founder, Devices: []memberDevice{}}
		for _, d := range p.Devices {
			m.Devices = append(m.Devices, memberDevice{d.ID.String(), d.Name, d.Words, d.Invitation, d.Founder, d.Mine, d.Revoked})
		}
		out = append(out, m)
	}
	return out
}

func (s *session) printMembers(list []app.Participant) error {
	var rows [][]string
	for _, p := range list {
		for _, d := range p.Devices {
			rows = append(rows, []string{p.Person.Title(), p.Role, d.Name, d.Words, deviceState(d), d.ID.String()})
		}
	}
	return table{
		columns: []column{{title: "who", keep: true}, {title: "role"}, {title: "device", keep: true}, {title: "fingerprint"}, {title: "state"}, {title: "id"}},
		rows:    fixed(rows),
	}.print(s.Out)
}

// deviceState says in a word or two how a device stands.
func deviceState(d app.Device) string {
	var words []string
	if d.Founder {
		words = append(words, "founder")
	}
	if d.Mine {
		words = append(words, "this one")
	}
	switch {
	case d.Invitation && d.Revoked:
		words = append(words, "used or withdrawn")
	case d.Invitation:
		words = append(words, "not taken up")
	case d.Revoked:
		words = append(words, "revoked")
	}
	return strings.Join(words, ", ")
}

type membersFoundCmd struct {
	As string `placeholder:"PERSON" help:"Who uses the book here; by default who is known to."`
}

func (c membersFoundCmd) Run(ctx context.Context, s *session) error {
	return s.write(ctx, func(a *app.App) error {
		if c.As != "" {
			person, err := a.Records.Find(ctx, data.KindPerson, c.As)
			if err != nil {
				return err
			}
			if err := a.SetMe(ctx, person.ID); err != nil {
				return err
			}
		}
		if err := a.Members.Found(ctx); err != nil {
			return err
		}
		words, err := a.Members.FounderWords(ctx)
		if err != nil {
			return err
		}
		return s.say("the book has members from now on; the founder's fingerprint is %s. Invite others with fieldbook share --to PERSON --passphrase-file F", words)
	})
}

type revokeCmd struct {
	Device string `arg:"" name:"device" help:"The device: its id, fingerprint or name."`
}

func (c revokeCmd) Run(ctx context.Context, s *session) error {
	return s.write(ctx, func(a *app.App) error {
		d, err := findDevice(ctx, a, c.Device)
		switch {
		case err != nil:
			return err
		case d.Revoked:
			return data.Errorf(data.Refused, "%s is revoked already; nothing was changed", d.Name)
		}
		if err := a.Members.Revoke(ctx, d.ID); err != nil {
			return err
		}
		return s.say("revoked: %s; what it did up to what this book holds counts, nothing after", d.Name)
	})
}

type readmitCmd struct {
	Device string `arg:"" name:"device" help:"The device: its id, fingerprint or name."`
}

func (c readmitCmd) Run(ctx context.Context, s *session) error {
	return s.write(ctx, func(a *app.App) error {
		d, err := findDevice(ctx, a, c.Device)
		switch {
		case err != nil:
			return err
		case !d.Revoked || d.Invitation:
			return data.Errorf(data.Refused, "%s is no device that was revoked; nothing was changed", d.Name)
		}
		if err := a.Members.Readmit(ctx, d.ID); err != nil {
			return err
		}
		return s.say("taken in again: %s", d.Name)
	})
}

// findDevice finds a member's device by its id, fingerprint or name.
func findDevice(ctx context.Context, a *app.App, named string) (app.Device, error) {
	list, err := a.Members.List(ctx)
	if err != nil {
		return app.Device{}, err
	}
	var found []app.Device
	for _, p := range list {
		for _, d := range p.Devices {
			if d.ID.String() == named || d.Words == named {
				return d, nil
			}
			if strings.EqualFold(d.Name, named) {
				found = append(found, d)
			}
		}
	}
	switch len(found) {
	case 0:
		return app.Device{}, data.Errorf(data.NotFound, "no device %q belongs to the book; fieldbook members lists them", named)
	case 1:
		return found[0], nil
	}
	return app.Device{}, data.Errorf(data.Ambiguous, "%d devices are called %q; name one by its id or fingerprint, as fieldbook members lists them", len(found), named)
}

type quarantineCmd struct {
	JSON bool `name:"json" help:"Print one JSON document."`
}

// heldChange is a change that does not count, as scripts read it.
type heldChange struct {
	Change string       `json:"change"` // by which accept and discard know it
	Kind   string       `json:"kind"`
	ID     string       `json:"id"`
	Title  string       `json:"title"`
	Who    string       `json:"name"`
	Device string       `json:"device"`
	At     string       `json:"at"`
	What   string       `json:"what"`
	Waits  bool         `json:"waits"`
	Why    string       `json:"why"`
	Delete bool         `json:"delete"`
	Fields []heldFields `json:"fields"`
}

type heldFields struct {
	Field string `json:"field"`
	Old   string `json:"old"`
	New   string `json:"new"`
}

func (c quarantineCmd) Run(ctx context.Context, s *session) error {
	return s.read(ctx, func(a *app.App) error {
		list, err := a.Members.Quarantine(ctx)
		if err != nil {
			return err
		}
		changes := make([]heldChange, 0, len(list))
		var rows [][]string
		for _, h := range list {
			x := heldJSON(h)
			changes = append(changes, x)
			var fields []string
			for _, f := range x.Fields {
				fields = append(fields, fmt.Sprintf("%s: %s → %s", f.Field, f.Old, f.New))
			}
			rows = append(rows, []string{x.Change, x.Kind, x.Title, strings.Join(fields, "; "), x.Who, x.At, x.Why})
		}
		if c.JSON {
			return writeJSON(s.Out, map[string]any{"rows": changes})
		}
		return table{
			columns: []column{{title: "change", keep: true}, {title: "kind", keep: true}, {title: "title", keep: true}, {title: "what"}, {title: "who"}, {title: "at"}, {title: "why"}},
			rows:    fixed(rows),
		}.print(s.Out)
	})
}

func heldJSON(h app.Held) heldChange {
	x := heldChange{
		Change: changeName(h), Kind: h.Kind, ID: h.Row.String(), Title: h.Title, Who: h.Act.Name, Device: h.Act.Device,
		At: h.Act.Stamp.Instant().String(), What: h.Act.What, Waits: h.Waits, Why: h.Reason, Delete: h.Delete, Fields: []heldFields{},
	}
	for _, f := range h.Changes {
		x.Fields = append(x.Fields, heldFields{f.Field, f.Old, f.New})
	}
	return x
}

// changeName is by what a change in quarantine is called: its place in the log.
func changeName(h app.Held) string { return fmt.Sprintf("%s:%d", h.Dot.Replica, h.Dot.Seq) }

// heldChoice names changes in quarantine.
type heldChoice struct {
	Changes []string `arg:"" optional:"" name:"change" help:"Changes as fieldbook quarantine lists them."`
	All     bool     `help:"All of them."`
}

// Validate implements kong's check of a command.
func (c heldChoice) Validate() error {
	if c.All == (len(c.Changes) > 0) {
		return errors.New("name the changes that fieldbook quarantine lists, or say --all")
	}
	return nil
}

// decide does something with the chosen changes and gives how many they are.
func (c heldChoice) decide(ctx context.Context, a *app.App, do func(context.Context, []app.Held) error) (int, error) {
	list, err := a.Members.Quarantine(ctx)
	if err != nil {
		return 0, err
	}
	chosen := list
	if !c.All {
		chosen = nil
		for _, name := range c.Changes {
			i := slices.IndexFunc(list, func(h app.Held) bool { return changeName(h) == name })
			if i < 0 {
				return 0, data.Errorf(data.NotFound, "no change %s is in quarantine; nothing was changed. fieldbook quarantine lists them", name)
			}
			chosen = append(chosen, list[i])
		}
	}
	if len(chosen) == 0 {
		return 0, nil
	}
	return len(chosen), do(ctx, chosen)
}

type acceptCmd struct{ heldChoice }

func (c acceptCmd) Run(ctx context.Context, s *session) error {
	return s.write(ctx, func(a *app.App) error {
		n, err := c.decide(ctx, a, a.Members.Accept)
		if err != nil {
			return err
		}
		return s.say("accepted: %d", n)
	})
}

type discardCmd struct{ heldChoice }

func (c discardCmd) Run(ctx context.Context, s *session) error {
	return s.write(ctx, func(a *app.App) error {
		n, err := c.decide(ctx, a, a.Members.Discard)
		if err != nil {
			return err
		}
		return s.say("set aside: %d", n)
	})
}
