package store

import (
	"context"
	"encoding/hex"
	"path/filepath"
	"testing"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

// foundedBy is a book that Ann founded and in which Bo is a rep.
func foundedBy(t *testing.T) *Store {
	t.Helper()
	o := opts()
	o.Signer = testSigner("Ann")
	s, err := Create(context.Background(), filepath.Join(t.TempDir(), "a.book"), BookInfo{}, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	_, err = s.Write(context.Background(), Act{What: "Found"}, func(tx *Tx) error {
		for _, name := range []string{"Ann", "Bo"} {
			key := newSeedSigner(name).Public()
			person := data.ImportedID("person", "", name)
			device := data.Values{"person": person, "name": name, "type": data.DeviceOwn, "signing_key": hex.EncodeToString(key)}
			role := data.RoleRep
			if name == "Ann" {
				device["founding"], role = oplog.Cut{}.String(), data.RoleLead
			}
			if _, err := tx.Put(data.KindPerson, person, data.Values{"name": name, "role": role}); err != nil {
				return err
			}
			if _, err := tx.Put(data.KindDevice, oplog.DeviceRow(key), device); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// mergeAct takes in an act of one op, signed where somebody does.
func mergeAct(s *Store, act oplog.Txn, op oplog.Op, signer oplog.Signer) (MergeCount, error) {
	op.Txn, op.Stamp = act.ID, act.Stamp
	if signer != nil {
		act.First, act.Count = op.Seq, 1
		act.Sign(signer, op.Leaf())
	}
	var count MergeCount
	_, err := s.Write(context.Background(), Act{What: "Merge"}, func(tx *Tx) error {
		m := tx.Merger()
		if err := m.Txn(act, nil); err != nil {
			return err
		}
		if err := m.Op(&op); err != nil {
			return err
		}
		err := m.Finish()
		count = m.Count()
		return err
	})
	return count, err
}

// A replica of an older book has an id that anybody can write under. What nobody
// signed keeps a place there only until who signs comes, whichever comes first.
func TestUnsignedOpsMakeWay(t *testing.T) {
	bo := newSeedSigner("Bo")
	replica, row := data.NewID(), data.NewID()
	squat := oplog.Txn{ID: data.NewID(), Replica: replica, Name: "Bo", What: "Squat", Stamp: 1 << 15}
	honest := func(s *Store) oplog.Txn {
		rights, err := s.Rights(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		return oplog.Txn{ID: soakID("honest", 1), Replica: replica, Name: "Bo", What: "Add", Stamp: 2 << 15, Basis: rights.Heads()}
	}
	bad := oplog.Op{Dot: oplog.Dot{Replica: replica, Seq: 1}, Kind: "account", Row: data.NewID(), Cells: map[string]oplog.Cell{"name": value(`"squat"`)}}
	good := oplog.Op{Dot: oplog.Dot{Replica: replica, Seq: 1}, Kind: "account", Row: row, Cells: map[string]oplog.Cell{"name": value(`"good"`)}}
	for _, first := range []string{"unsigned", "signed"} {
		s := foundedBy(t)
		if first == "unsigned" {
			if c, err := mergeAct(s, squat, bad, nil); err != nil || c.Refused != 1 {
				t.Fatalf("unsigned: %+v %v", c, err)
			}
		}
		if c, err := mergeAct(s, honest(s), good, bo); err != nil || c.New != 1 {
			t.Fatalf("%s first, then signed: %+v %v", first, c, err)
		}
		if _, err := mergeAct(s, squat, bad, nil); data.KindOf(err) != data.Invalid {
			t.Errorf("%s first, then unsigned: %v", first, err)
		}
		if list, err := s.Quarantine(context.Background()); err != nil || len(list) != 0 {
			t.Errorf("%s first: in quarantine %v, %v", first, list, err)
		}
		if get(t, s, "account", row).Text("name") != "good" {
			t.Errorf("%s first: the honest change is not there", first)
		}
		verified(t, s)
	}
}
