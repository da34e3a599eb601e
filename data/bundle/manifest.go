package bundle

import (
	"crypto/ed25519"
	"encoding/hex"
	"strconv"

	"fieldbook/data"
)

func appendManifest(b []byte, m Manifest) []byte {
	b = append(b, `{"manifest":{"fieldbook":`...)
	b = strconv.AppendInt(b, Version, 10)
	b = appendMember(b, "book", m.Book.String())
	b = appendMember(append(b, `,"from":{"person":"`+m.From.Person.String()+`"`...), "name", m.From.Name)
	b = appendMember(b, "device", m.From.Device)
	b = append(appendMember(b, "replica", m.From.Replica.String()), '}')
	b = appendMember(b, "to", m.To.String())
	b = appendMember(b, "scope", m.Scope)
	b = appendMember(b, "scope_of", m.ScopeOf.String())
	b = append(b, `,"encrypted":`...)
	b = strconv.AppendBool(b, m.Encrypted)
	b = data.AppendJSON(append(b, `,"made":`...), m.Made)
	b = appendMember(b, "key", hex.EncodeToString(m.Key))
	b = appendMember(b, "founder", hex.EncodeToString(m.Founder))
	if i := m.Invite; i != nil {
		b = appendMember(append(b, `,"invite":{"person":"`+i.Person.String()+`"`...), "name", i.Name)
		b = appendMember(b, "role", i.Role)
		b = appendMember(b, "sees", i.Sees)
		b = append(appendMember(b, "secret", i.Secret), '}')
	}
	b = append(b, `,"replicas":[`...)
	for i, id := range m.Replicas {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(append(b, '"'), id.String()...), '"')
	}
	return append(b, "]}}"...)
}

func appendMember(b []byte, key, value string) []byte {
	b = append(b, `,"`...)
	b = append(b, key...)
	b = append(b, `":`...)
	return data.AppendJSON(b, value)
}

// readManifest reads the first line.
func readManifest(l *lines) (*Manifest, error) {
	if !l.next() {
		return nil, l.err
	}
	m := &Manifest{}
	var version int64
	err := l.members("manifest", func(key string, raw []byte) error {
		switch {
		case key == "fieldbook":
			err := readNumber(raw, &version)
			m.Version = int(min(version, Version+1))
			return err
		case version < 1:
			return errVersion // all that follows depends on it
		case version > Version:
			return nil // what a newer format means by its members is not ours to judge
		}
		return m.read(key, raw, l.lim.Depth)
	})
	switch {
	case version > Version:
		return nil, data.Errorf(data.Unsupported, "the share file was made by a newer Fieldbook, so nothing was changed here; update Fieldbook to read it")
	case err != nil:
		return nil, err
	case version < 1 || m.Book.IsZero() || m.From.Replica.IsZero():
		return nil, malformed(1, errVersion.Error())
	}
	return m, m.fitsSeal(l.sealed)
}

// fitsSeal holds what the manifest says against whether the file was encrypted.
func (m *Manifest) fitsSeal(sealed bool) error {
	switch {
	case m.Invite != nil && !sealed:
		return data.Errorf(data.Invalid, "the invitation is not encrypted, so others may have read it and nothing was changed here; ask for a new one")
	case m.Encrypted && !sealed:
		return data.Errorf(data.Invalid, "the share file says that it is encrypted and is not, so nothing was changed here; ask for it again")
	case !m.Encrypted && sealed:
		return data.Errorf(data.Invalid, "the share file says that it is not encrypted and is, so nothing was changed here; ask for it again")
	}
	return nil
}

func (m *Manifest) read(key string, raw []byte, depth int) error {
	switch key {
	case "book":
		return readID(raw, &m.Book)
	case "from":
		return fields(raw, depth, m.From.read)
	case "to":
		return readID(raw, &m.To)
	case "scope":
		return readText(raw, &m.Scope)
	case "encrypted":
		return readBool(raw, &m.Encrypted)
	case "made":
		return readInstant(raw, &m.Made)
	case "replicas":
		return m.readReplicas(raw, depth)
	default:
		if m.Version >= 2 {
			return m.read2(key, raw, depth)
		}
	}
	return nil
}

// read2 reads what version 2 added.
func (m *Manifest) read2(key string, raw []byte, depth int) error {
	switch key {
	case "scope_of":
		return readID(raw, &m.ScopeOf)
	case "key":
		return readHex(raw, ed25519.PublicKeySize, (*[]byte)(&m.Key))
	case "founder":
		return readHex(raw, ed25519.PublicKeySize, (*[]byte)(&m.Founder))
	case "invite":
		m.Invite = &Invite{}
		return fields(raw, depth, m.Invite.read)
	}
	return nil
}

func (m *Manifest) readReplicas(raw []byte, depth int) error {
	seen := map[data.ID]bool{}
	return elements(raw, depth, func(raw []byte) error {
		var id data.ID
		if err := readID(raw, &id); err != nil {
			return err
		}
		if id.IsZero() || seen[id] {
			return errReplica
		}
		seen[id] = true
		m.Replicas = append(m.Replicas, id)
		return nil
	})
}

func (s *Sender) read(key string, raw []byte) error {
	switch key {
	case "person":
		return readID(raw, &s.Person)
	case "name":
		return readText(raw, &s.Name)
	case "device":
		return readText(raw, &s.Device)
	case "replica":
		return readID(raw, &s.Replica)
	}
	return nil
}

func (i *Invite) read(key string, raw []byte) error {
	switch key {
	case "person":
		return readID(raw, &i.Person)
	case "name":
		return readText(raw, &i.Name)
	case "role":
		return readText(raw, &i.Role)
	case "sees":
		return readText(raw, &i.Sees)
	case "secret":
		return readText(raw, &i.Secret)
	}
	return nil
}
