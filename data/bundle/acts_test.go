package bundle

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"fieldbook/data"
	"fieldbook/data/oplog"
)

const someHash = "5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9"

// hold is a line of what is held of a replica.
func hold(place int, runs string) string {
	return fmt.Sprintf(`{"held":{"replica":%d,"runs":[%s]}}`, place, runs)
}

// signedAct is the line of an act that bears a signature, with more members.
func signedAct(first, count, more string) string {
	return strings.Replace(act(), `}}`, `,"first":`+first+`,"count":`+count+`,"key":"`+someHash+`","signature":"`+someHash+someHash+`"`+more+`}}`, 1)
}

// hashes are n of them, for a list.
func hashes(n int) string {
	return strings.TrimSuffix(strings.Repeat(`"`+someHash+`",`, n), ",")
}

func TestHostileHidden(t *testing.T) {
	hidden := func(cells, hidden string) string {
		return strings.Replace(edit("5", cells, ""), `}}}`, `},"hidden":`+hidden+`}}`, 1)
	}
	h := `"hash":"` + someHash + `"`
	for name, c := range map[string]struct{ cells, hidden, words string }{
		"told and hidden":         {`{"note":1}`, `{"note":{` + h + `}}`, "both tells and hides"},
		"told and hidden, spelt":  {`{"note":1}`, `{"n\u006fte":{` + h + `}}`, "both tells and hides"},
		"hidden twice":            {`{}`, `{"note":{` + h + `},"note":{` + h + `}}`, "twice"},
		"without a hash":          {`{}`, `{"note":{}}`, "without its hash"},
		"of an empty hash":        {`{}`, `{"note":{"hash":""}}`, "lacks a hash"},
		"of a short hash":         {`{}`, `{"note":{"hash":"00"}}`, "hash that is none"},
		"of a hash in capitals":   {`{}`, `{"note":{"hash":"` + strings.ToUpper(someHash) + `"}}`, "hash that is none"},
		"of a number":             {`{}`, `{"note":{"hash":7}}`, "not JSON"},
		"with more":               {`{}`, `{"note":{` + h + `,"why":1}}`, "newer Fieldbook"},
		"overwriting itself":      {`{}`, `{"note":{` + h + `,"overwrites":[[0,5]]}}`, "cannot know"},
		"overwriting the future":  {`{}`, `{"note":{` + h + `,"overwrites":[[0,6]]}}`, "cannot know"},
		"overwriting 2^63":        {`{}`, `{"note":{` + h + `,"overwrites":[[1,9223372036854775808]]}}`, "out of range"},
		"overwriting 2^53":        {`{}`, `{"note":{` + h + `,"overwrites":[[1,9007199254740992]]}}`, "cannot know"},
		"overwriting nobody's":    {`{}`, `{"note":{` + h + `,"overwrites":[[7,1]]}}`, "does not list"},
		"overwriting 20,000":      {`{}`, `{"note":{` + h + `,"overwrites":[` + strings.Repeat("[1,1],", 20_000) + `[1,1]]}}`, "more changes than"},
		"overwriting 2 × 6,000":   {`{}`, `{"note":{` + h + `,"overwrites":[` + strings.Repeat("[1,1],", 5_999) + `[1,1]]},"x":{` + h + `,"overwrites":[` + strings.Repeat("[1,1],", 5_999) + `[1,1]]}}`, "replaces 12000"},
		"of no name":              {`{}`, `{"":{` + h + `}}`, "cannot be one"},
		"of a 64 KB name":         {`{}`, `{"` + strings.Repeat("n", 64<<10) + `":{` + h + `}}`, "cannot be one"},
		"1,001 of them":           {`{}`, `{` + manyCells(1001, `{`+h+`}`) + `}`, "more cells"},
		"1,000 beside a told one": {`{"note":1}`, `{` + manyCells(1000, `{`+h+`}`) + `}`, "1001 cells"},
		"a list":                  {`{}`, `[]`, "not JSON"},
	} {
		t.Run(name, func(t *testing.T) {
			refused(t, packed(head(), act(), hidden(c.cells, c.hidden)), data.Invalid, c.words)
		})
	}
	got, err := readAll(packed(head(), act(), hidden(`{"x":1}`, `{"no te":{"overwrites":[[0,4]],`+h+`}}`)))
	if err != nil || got.ops[0].Hidden["no te"].Value.String() != someHash || got.ops[0].Hidden["no te"].Overwrites[0].Seq != 4 {
		t.Errorf("%+v %v", got, err)
	}
	overwritten := strings.Replace(edit("5", `{}`, `{"note":[[0,1]]}`), `}}}`, `},"hidden":{"note":{`+h+`}}}}`, 1)
	refused(t, packed(head(), act(), overwritten), data.Invalid, "without giving")
}

func manyCells(n int, value string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `,"c%d":%s`, i, value)
	}
	return b.String()[1:]
}

func TestHostileUnder(t *testing.T) {
	for name, c := range map[string]struct{ under, words string }{
		"itself":    {`[[0,5]]`, "cannot know"},
		"later":     {`[[0,9007199254740991]]`, "cannot know"},
		"2^63":      {`[[1,9223372036854775808]]`, "out of range"},
		"0":         {`[[1,0]]`, "cannot know"},
		"-1":        {`[[1,-1]]`, "out of range"},
		"-0":        {`[[-0,1]]`, "out of range"},
		"1e1":       {`[[1,1e1]]`, "out of range"},
		"nobody's":  {`[[2,1]]`, "does not list"},
		"a triple":  {`[[1,1,1]]`, "not JSON"},
		"a number":  {`[1]`, "not JSON"},
		"an object": {`{}`, "not JSON"},
		"10,001":    {`[` + strings.Repeat("[1,1],", 10_000) + `[1,1]]`, "more changes than"},
	} {
		t.Run(name, func(t *testing.T) {
			refused(t, packed(head(), act(), strings.Replace(edit("5", `{"note":1}`, ""), `}}}`, `},"under":`+c.under+`}}`, 1)), data.Invalid, c.words)
		})
	}
	million := `[` + strings.Repeat("[1,1],", 1_000_000) + `[1,1]]`
	refused(t, packed(head(), act(), strings.Replace(edit("5", `{"note":1}`, ""), `}}}`, `},"under":`+million+`}}`, 1)), data.Refused, "longer line")
}

func TestHostileActs(t *testing.T) {
	put := func(member string) string { return strings.Replace(act(), `}}`, `,`+member+`}}`, 1) }
	for name, c := range map[string]struct{ line, words string }{
		"a key without a signature":  {put(`"key":"` + someHash + `"`), "no sound signature"},
		"a signature without a key":  {put(`"signature":"` + someHash + someHash + `"`), "no sound signature"},
		"a first without a key":      {put(`"first":1`), "lacks its signature"},
		"a count without a key":      {put(`"count":1`), "lacks its signature"},
		"a basis without a key":      {put(`"basis":["` + rowID.String() + `"]`), "lacks its signature"},
		"erased without a key":       {put(`"erased":{"name":"` + someHash + `"}`), "lacks its signature"},
		"a rest without a key":       {put(`"rest":["` + someHash + `"]`), "more hashes"},
		"first 0":                    {signedAct("0", "1", ""), "counts its changes"},
		"first 2^53":                 {signedAct("9007199254740992", "1", ""), "counts its changes"},
		"first 2^63":                 {signedAct("9223372036854775808", "1", ""), "out of range"},
		"first -1":                   {signedAct("-1", "1", ""), "out of range"},
		"count 2^53":                 {signedAct("1", "9007199254740992", ""), "counts its changes"},
		"count 2^63":                 {signedAct("1", "9223372036854775808", ""), "out of range"},
		"101 in the basis":           {signedAct("1", "1", `,"basis":[`+strings.Repeat(`"`+rowID.String()+`",`, 100)+`"`+rowID.String()+`"]`), "more acts than"},
		"an empty basis":             {signedAct("1", "1", `,"basis":[""]`), "stands on"},
		"erased that never was":      {signedAct("1", "1", `,"erased":{"author":"`+someHash+`"}`), "both lacks and has a word"},
		"erased twice":               {signedAct("1", "1", `,"erased":{"name":"`+someHash+`","n\u0061me":"`+someHash+`"}`), "twice"},
		"erased without a hash":      {signedAct("1", "1", `,"erased":{"name":""}`), "lacks a hash"},
		"erased and told":            {strings.Replace(signedAct("1", "1", `,"erased":{"what":"`+someHash+`"}`), `"what":""`, `"what":"forged"`, 1), "both lacks and has a word"},
		"more hashes than ops":       {signedAct("1", "1", `,"rest":[`+hashes(2)+`]`), "more hashes"},
		"a short hash":               {signedAct("1", "1", `,"rest":["00"]`), "hash that is none"},
		"an empty hash":              {signedAct("1", "1", `,"rest":[""]`), "lacks a hash"},
		"5,001 hashes in a line":     {signedAct("1", "9000", `,"rest":[`+hashes(5001)+`]`), "more hashes"},
		"of no replica":              {strings.Replace(act(), `"replica":0,`, "", 1), "does not list"},
		"without an id":              {strings.Replace(act(), txnID.String(), "", 1), "lacks its number"},
		"a text of more than 64 KB":  {strings.Replace(act(), `"name":""`, `"name":"`+strings.Repeat("x", 64<<10+1)+`"`, 1), "longer text"},
		"a day that is none":         {strings.Replace(act(), "2026-03-02", "2026-02-30", 1), "a day or time that is none"},
		"something of a later app":   {put(`"later":1`), "newer Fieldbook"},
		"an NUL in what was done":    {strings.Replace(act(), `"what":""`, `"what":"a\u0000b"`, 1), "not text"},
		"what was done is no string": {strings.Replace(act(), `"what":""`, `"what":null`, 1), "not JSON"},
	} {
		t.Run(name, func(t *testing.T) { refused(t, packed(head(), c.line), data.Invalid, c.words) })
	}
	got, err := readAll(packed(head(), act(), act()))
	if data.KindOf(err) != data.Invalid || !strings.Contains(err.Error(), "twice") || len(got.ops) > 0 {
		t.Errorf("an act told twice: %v", err)
	}
}

func TestHostilePlaceInAct(t *testing.T) {
	for seq, ok := range map[string]bool{"4": false, "5": true, "7": true, "8": false, "9007199254740991": false} {
		_, err := readAll(packed(head(), signedAct("5", "3", ""), edit(seq, `{"note":1}`, "")))
		if ok != (err == nil) || err != nil && !strings.Contains(err.Error(), "its act does not have") {
			t.Errorf("change %s in an act of 5 to 7: %v", seq, err)
		}
	}
	if _, err := readAll(packed(head(), signedAct("9007199254740991", "9007199254740991", ""), edit("9007199254740991", `{"note":1}`, ""))); err != nil {
		t.Errorf("the last change there can be: %v", err)
	}
}

func TestHostileRest(t *testing.T) {
	more := func(n int) string { return `{"rest":[` + hashes(n) + `]}` }
	told := edit("1", `{"note":1}`, "")
	part := signedAct("1", "100000", `,"rest":[`+hashes(60)+`]`)
	for name, c := range map[string]struct {
		lines []string
		words string
	}{
		"of nothing":           {[]string{more(1)}, "out of order"},
		"before any act":       {[]string{hold(0, "[1,1]"), more(1)}, "out of order"},
		"behind an op":         {[]string{part, told, more(1)}, "out of order"},
		"of an act told whole": {[]string{signedAct("1", "1", ""), more(1)}, "out of order"},
		"empty":                {[]string{part, more(0)}, "out of order"},
		"no list":              {[]string{part, `{"rest":{}}`}, "not JSON"},
		"more than the act":    {[]string{signedAct("1", "2", `,"rest":[`+hashes(2)+`]`), more(1)}, "more hashes"},
		"5,001 in a line":      {[]string{part, more(5001)}, "more hashes"},
		"more than ops leave":  {[]string{part, more(133), told}, "more hashes"},
		"more than none leave": {[]string{part, more(5)}, "more hashes"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := readAll(packed(append([]string{head()}, c.lines...)...))
			if data.KindOf(err) != data.Invalid || !strings.Contains(err.Error(), c.words) {
				t.Errorf("%d acts, %v, want “%s”", len(got.txns), err, c.words)
			}
		})
	}
	if got, err := readAll(packed(head(), part, more(132), told)); err != nil || len(got.txns[0].rest) != 192 {
		t.Errorf("as many as there may be: %v", err)
	}
}

// An act whose parts need more hashes than a line holds goes on in further lines.
func TestManyHashes(t *testing.T) {
	for _, n := range []int{0, 1, lineHashes, lineHashes + 1, 3 * lineHashes} {
		h := sample()
		act := &h.txns[0]
		act.First, act.Count, act.Key, act.Signature = 1, uint64(n+500), NewSigner(1).Public(), make([]byte, 64)
		for i := range n {
			act.rest = append(act.rest, oplog.HashValue([]byte{byte(i), byte(i >> 8)}))
		}
		h.ops = nil
		for i := range 500 {
			h.ops = append(h.ops, sampleOp(uint64(i+1), map[string]oplog.Cell{"note": {Value: json.RawMessage("1")}}))
		}
		got, err := readAll(written(t, h))
		if err != nil {
			t.Fatal(err)
		}
		sameHeld(t, *got, h)
	}
}

func TestHostileHeld(t *testing.T) {
	for name, c := range map[string]struct {
		lines []string
		words string
	}{
		"empty":                {[]string{hold(0, "")}, "what is held"},
		"of nobody":            {[]string{`{"held":{"runs":[[1,2]]}}`}, "what is held"},
		"of a stranger":        {[]string{hold(2, "[1,2]")}, "does not list"},
		"from 0":               {[]string{hold(0, "[0,2]")}, "out of order"},
		"backwards":            {[]string{hold(0, "[3,2]")}, "out of order"},
		"to 2^53":              {[]string{hold(0, "[1,9007199254740992]")}, "out of order"},
		"to 2^63":              {[]string{hold(0, "[1,9223372036854775808]")}, "out of range"},
		"runs that touch":      {[]string{hold(0, "[1,2],[3,4]")}, "out of order"},
		"runs that overlap":    {[]string{hold(0, "[1,5],[4,9]")}, "out of order"},
		"lines that overlap":   {[]string{hold(0, "[1,5]"), hold(1, "[1,5]"), hold(0, "[4,9]")}, "out of order"},
		"a lone number":        {[]string{hold(0, "1,2")}, "not JSON"},
		"behind an act":        {[]string{act(), hold(0, "[1,5]")}, "out of order"},
		"5,001 runs in a line": {[]string{hold(0, rising(5001))}, "more runs"},
		"something new":        {[]string{`{"held":{"replica":0,"runs":[[1,2]],"later":1}}`}, "newer Fieldbook"},
	} {
		t.Run(name, func(t *testing.T) {
			refused(t, packed(append([]string{head()}, c.lines...)...), data.Invalid, c.words)
		})
	}
	m := manifest()
	d := newDecoder(Handler{}, &m, Standard().Depth)
	d.runs = MaxHeldRuns - 5
	for n, ok := range []bool{true, false} {
		err := d.line(&lines{ctx: context.Background(), line: []byte(hold(n, rising(5))), lim: Standard()})
		if ok != (err == nil) {
			t.Errorf("the last five runs there may be, and as many again: %v", err)
		}
	}
}

// rising lists n runs.
func rising(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "[%d,%d],", 3*i+1, 3*i+2)
	}
	return strings.TrimSuffix(b.String(), ",")
}

// What is held comes back over any number of lines, save what is too much.
func TestHeldIsReadAsWritten(t *testing.T) {
	var runs oplog.Ranges
	for i := range 2*lineRuns + 1 {
		runs = append(runs, oplog.Range{From: uint64(3*i + 1), To: uint64(3*i + 2)})
	}
	var b bytes.Buffer
	w, err := NewWriter(&b, manifest(), WriteOptions{})
	if err != nil {
		t.Fatal(err)
	}
	w.runs = MaxHeldRuns - len(runs) - 7
	for _, id := range manifest().Replicas {
		if err := w.Held(id, runs); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	got, err := readAll(b.Bytes())
	if err != nil || w.count != 4 || !reflect.DeepEqual(got.runs, map[data.ID]oplog.Ranges{replicaA: runs, replicaB: runs[:7]}) {
		t.Errorf("%d and %d runs came back in %d lines: %v", len(got.runs[replicaA]), len(got.runs[replicaB]), w.count, err)
	}
}

func TestHostileManyActs(t *testing.T) {
	m := manifest()
	d := newDecoder(Handler{}, &m, Standard().Depth)
	d.txns = make([]txnHead, MaxTxns-1)
	read := func(line string) error {
		return d.line(&lines{ctx: context.Background(), line: []byte(line), lim: Standard()})
	}
	if err := read(act()); err != nil {
		t.Fatal(err)
	}
	err := read(strings.Replace(act(), txnID.String(), rowID.String(), 1))
	if data.KindOf(err) != data.Refused || !strings.Contains(err.Error(), "more acts") {
		t.Errorf("%v", err)
	}
}

func TestWriterRefusesWhatNoReaderTakes(t *testing.T) {
	w, err := NewWriter(&strings.Builder{}, manifest(), WriteOptions{})
	if err != nil {
		t.Fatal(err)
	}
	signed := SmallLog().txns[0]
	signed.First = 4
	stranger := sampleTxn()
	stranger.ID, stranger.Replica = bookID, rowID
	for name, err := range map[string]error{
		"an act":               w.Txn(signed, nil),
		"the act twice":        w.Txn(signed, nil),
		"a stranger's act":     w.Txn(stranger, nil),
		"what a stranger held": w.Held(rowID, oplog.Ranges{{From: 1, To: 2}}),
		"an op of no act":      w.Op(sampleOp(1, nil)),
		"an op beyond its act": w.Op(&oplog.Op{Dot: oplog.Dot{Replica: replicaA, Seq: 3}, Txn: signed.ID, Row: rowID, Kind: "deal"}),
		"a stranger's dot":     w.Op(&oplog.Op{Dot: oplog.Dot{Replica: replicaA, Seq: 5}, Txn: signed.ID, Row: rowID, Kind: "deal", Under: []oplog.Dot{{Replica: rowID, Seq: 1}}}),
		"a line end":           w.Op(&oplog.Op{Dot: oplog.Dot{Replica: replicaA, Seq: 5}, Txn: signed.ID, Row: rowID, Kind: "deal", Cells: map[string]oplog.Cell{"note": {Value: json.RawMessage("[1,\n2]")}}}),
		"1 MB":                 w.Op(&oplog.Op{Dot: oplog.Dot{Replica: replicaA, Seq: 5}, Txn: signed.ID, Row: rowID, Kind: "deal", Cells: map[string]oplog.Cell{"note": {Value: make(json.RawMessage, 1<<20)}}}),
	} {
		if (err == nil) != (name == "an act") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
