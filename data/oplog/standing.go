package oplog

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"slices"

	"fieldbook/data"
)

// cuts lists the revoked devices by key.
func (s *Standing) cuts() map[string]Cut {
	out := map[string]Cut{}
	for key, d := range s.devices {
		if d.Revoked {
			out[key] = d.Cut
		}
	}
	return out
}

// Standing is who may do what at one point of the history.
type Standing struct {
	people  map[data.ID]standee
	devices map[string]Device // by key
	founder map[data.ID]bool  // who founded the book, on whatever device
}

type standee struct {
	role    string
	manager data.ID
}

// Device is a device as the book knows it.
type Device struct {
	Row, Person data.ID
	Founder     bool
	Revoked     bool
	Cut         Cut    // with Revoked: the newest accepted change of each replica
	Sealing     string // where files for it are sealed to
	Invitation  bool
}

func (r *Rights) standing(book *Book) *Standing {
	s := &Standing{people: map[data.ID]standee{}, devices: map[string]Device{}, founder: map[data.ID]bool{}}
	for _, id := range book.Rows() {
		if book.Deletion(id) == Deleted {
			continue
		}
		row := book.Row(id)
		switch row.Kind {
		case data.KindPerson:
			s.people[id] = standee{role: asText(r.decided(row, "role")), manager: data.RefText(r.decided(row, "manager"))}
		case data.KindDevice:
			key, err := hex.DecodeString(row.text("signing_key"))
			if err != nil || len(key) == 0 || id != DeviceRow(key) {
				continue
			}
			d := Device{Row: id, Person: data.RefText(row.value("person")), Sealing: row.text("sealing_key"), Invitation: row.text("type") == data.DeviceInvitation}
			d.Founder = bytes.Equal(key, r.root)
			d.Cut, d.Revoked = parseCut(row.value("revoked"))
			s.devices[string(key)] = d
			s.founder[d.Person] = s.founder[d.Person] || d.Founder
		}
	}
	return s
}

// decided is the value of a cell that rights follow from. Where several stand
// beside each other, a lead's word goes before others', whatever their clocks say.
func (r *Rights) decided(row *RowState, cell string) json.RawMessage {
	reg := row.Cells[cell]
	if reg == nil {
		return nil
	}
	best, found := Entry{}, false
	for _, e := range reg.Live {
		lead, before := r.leads[e.Dot], r.leads[best.Dot]
		if !found || lead && !before || lead == before && e.Compare(best) > 0 {
			best, found = e, true
		}
	}
	return best.Value
}

// byLead reports whether an act is the founder's or a lead's, or of the time
// before there were members and accepted.
func (r *Rights) byLead(t *Txn) bool {
	if len(t.Basis) == 0 {
		return true
	}
	s, ok := r.at(t.Basis)
	if !ok {
		return false
	}
	d, ok := s.Device(t.Key)
	a := s.Author(d)
	return ok && (a.Founder || a.Role == data.RoleLead)
}

func (r *RowState) value(cell string) json.RawMessage {
	if reg := r.Cells[cell]; reg != nil {
		if e, ok := reg.Winner(); ok {
			return e.Value
		}
	}
	return nil
}

func (r *RowState) text(cell string) string { return asText(r.value(cell)) }

func asText(value json.RawMessage) string {
	var s string
	if json.Unmarshal(value, &s) != nil {
		return ""
	}
	return s
}

// Device finds a device by its key.
func (s *Standing) Device(key []byte) (Device, bool) {
	d, ok := s.devices[string(key)]
	return d, ok
}

// Devices lists the devices that are not revoked.
func (s *Standing) Devices() []Device {
	var out []Device
	for _, d := range s.devices {
		if !d.Revoked {
			out = append(out, d)
		}
	}
	slices.SortFunc(out, func(a, b Device) int { return bytes.Compare(a.Row[:], b.Row[:]) })
	return out
}

// Members are the people who have devices, revoked ones too.
func (s *Standing) Members() map[data.ID]bool {
	out := map[data.ID]bool{}
	for _, d := range s.devices {
		out[d.Person] = true
	}
	return out
}

// foundersRow reports whether a row is a device of the founding key.
func (s *Standing) foundersRow(row data.ID) bool {
	for _, d := range s.devices {
		if d.Row == row && d.Founder {
			return true
		}
	}
	return false
}

// Author is what a person's device stands for.
func (s *Standing) Author(d Device) data.Author {
	return data.Author{Person: d.Person, Role: s.people[d.Person].role, Founder: s.founder[d.Person], Leads: func(p data.ID) bool { return s.leads(d.Person, p) }}
}

// Role is a person's role.
func (s *Standing) Role(person data.ID) string { return s.people[person].role }

func (s *Standing) leads(manager, person data.ID) bool {
	for range len(s.people) {
		up := s.people[person].manager
		if up.IsZero() {
			return false
		}
		if up == manager {
			return true
		}
		person = up
	}
	return false // a circle, which a merge may leave
}
