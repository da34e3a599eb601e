package bundle

import (
	"bytes"
	"context"
	"errors"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"fieldbook/data"
	"fieldbook/data/seal"
)

// refused makes sure that a file is turned down in one plain sentence and that
// none of it was handed on.
func refused(t *testing.T, file []byte, kind data.ErrorKind, words string) {
	t.Helper()
	refusedWith(t, file, seal.Key{}, kind, words)
}

// refusedWith is the same for an encrypted file.
func refusedWith(t *testing.T, file []byte, key seal.Key, kind data.ErrorKind, words string) {
	t.Helper()
	start, before := time.Now(), allocated()
	got, err := readWith(file, key)
	var e *data.Error
	if !errors.As(err, &e) || e.Kind != kind || !strings.Contains(e.Msg, words) || !strings.Contains(e.Msg, "nothing was changed") {
		t.Fatalf("%d bytes: %v (kind %v), want “%s”", len(file), err, data.KindOf(err), words)
	}
	if len(got.ops) > 0 {
		t.Fatalf("%d ops of a refused file were handed on", len(got.ops))
	}
	if took := time.Since(start); took > 10*time.Second {
		t.Fatalf("took %v", took)
	}
	if used := allocated() - before; used > 256<<20 {
		t.Fatalf("took %d MB of memory", used>>20)
	}
}

// allocated is how many bytes were ever taken from the heap.
func allocated() uint64 {
	s := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

func TestHostileBomb(t *testing.T) {
	var b bytes.Buffer
	w, err := zstd.NewWriter(&b)
	if err != nil {
		t.Fatal(err)
	}
	line := []byte(strings.Repeat(" ", 999) + "\n")
	if _, err := w.Write([]byte(head() + "\n")); err != nil {
		t.Fatal(err)
	}
	for range 200_000 {
		if _, err := w.Write(line); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	refused(t, b.Bytes(), data.Refused, "unpacks to more")
}

func TestHostileEndlessLine(t *testing.T) {
	refused(t, zipped(strings.Repeat("a", 2<<20)), data.Refused, "longer line")
	refused(t, packed(head(), act(), edit("1", `{"note":"`+strings.Repeat("x", 1<<20)+`"}`, "")), data.Refused, "longer line")
}

func TestHostileWindow(t *testing.T) {
	var b bytes.Buffer
	w, err := zstd.NewWriter(&b, zstd.WithWindowSize(128<<20))
	if err != nil {
		t.Fatal(err)
	}
	for range 3 << 10 {
		if _, err := w.Write(make([]byte, 64<<10)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	refused(t, b.Bytes(), data.Refused, "needs more memory")
	// The same by a frame that claims one segment of 1 GB.
	refused(t, []byte{0x28, 0xB5, 0x2F, 0xFD, 0xA0, 0, 0, 0, 64, 1, 0, 0}, data.Refused, "needs more memory")
}

func TestHostileJoinedFrames(t *testing.T) {
	file := packed(head())
	skippable := []byte{0x50, 0x2A, 0x4D, 0x18, 1, 0, 0, 0, 'x'}
	empty := zipped("")
	for name, tail := range map[string][]byte{"twice": file, "skippable": skippable, "empty frame": empty, "junk": []byte("x")} {
		t.Run(name, func(t *testing.T) {
			refused(t, append(bytes.Clone(file), tail...), data.Invalid, "behind its end")
		})
	}
	refused(t, append(skippable, file...), data.Invalid, "not a share file")
}

func TestHostileDataAfterTrailer(t *testing.T) {
	plain := head() + "\n"
	refused(t, zipped(plain+trailerOf(plain, 0)+act()+"\n"), data.Invalid, "behind its end")
	refused(t, zipped(plain+trailerOf(plain, 0)+"\n"), data.Invalid, "behind its end")
}

func TestHostileTrailerOfAnotherFile(t *testing.T) {
	plain := head() + "\n"
	refused(t, zipped(plain+trailerOf(plain+" ", 0)), data.Invalid, "damaged")
	refused(t, zipped(plain+trailerOf(plain, 1)), data.Invalid, "damaged")
	refused(t, zipped(plain), data.Invalid, "cut short")
	refused(t, zipped(""), data.Invalid, "cut short")
	refused(t, zipped(strings.TrimSuffix(plain+trailerOf(plain, 0), "\n")), data.Invalid, "cut short")
}

func TestHostileDots(t *testing.T) {
	ok := `{"note":1}`
	many := "[" + strings.Repeat("[1,1],", 20_000) + "[1,1]]"
	million := "[" + strings.Repeat("[1,1],", 1_000_000) + "[1,1]]"
	for name, c := range map[string]struct{ seq, cells, overwrites, words string }{
		"seq 0":                       {"0", ok, "", "numbered 0"},
		"seq 2^53":                    {"9007199254740992", ok, "", "no Fieldbook writes"},
		"seq 2^63":                    {"9223372036854775808", ok, "", "out of range"},
		"seq 2^64":                    {"18446744073709551616", ok, "", "out of range"},
		"seq -1":                      {"-1", ok, "", "out of range"},
		"seq 1.5":                     {"1.5", ok, "", "out of range"},
		"overwrites itself":           {"5", ok, `{"note":[[0,5]]}`, "cannot know"},
		"overwrites its own future":   {"5", ok, `{"note":[[0,6]]}`, "cannot know"},
		"overwrites seq 2^63":         {"5", ok, `{"note":[[1,9223372036854775808]]}`, "out of range"},
		"overwrites seq 0":            {"5", ok, `{"note":[[1,0]]}`, "cannot know"},
		"overwrites unknown replica":  {"5", ok, `{"note":[[2,1]]}`, "does not list"},
		"overwrites a lone number":    {"5", ok, `{"note":[[1]]}`, "not JSON"},
		"overwrites without a value":  {"5", ok, `{"other":[[1,1]]}`, "without giving"},
		"overwrites 20,000 others":    {"5", ok, `{"note":` + many + `}`, "more changes than"},
		"overwrites a million others": {"5", ok, `{"note":` + million + `}`, "longer line"},
	} {
		t.Run(name, func(t *testing.T) {
			kind := data.Invalid
			if name == "overwrites a million others" {
				kind = data.Refused
			}
			refused(t, packed(head(), act(), edit(c.seq, c.cells, c.overwrites)), kind, c.words)
		})
	}
}

func TestHostileOrder(t *testing.T) {
	one := edit("1", `{"note":1}`, "")
	got, err := readAll(packed(head(), act(), one, one))
	if data.KindOf(err) != data.Invalid || len(got.ops) != 1 || !strings.Contains(err.Error(), "out of order") {
		t.Errorf("the same dot twice: %v", err)
	}
	refused(t, packed(head(), one), data.Invalid, "did not come before")
	refused(t, packed(head(), act(), strings.Replace(one, `"replica":0`, `"replica":1`, 1)), data.Invalid, "another device")
	refused(t, packed(head(), act(), strings.Replace(one, `"replica":0`, `"replica":2`, 1)), data.Invalid, "does not list")
	refused(t, packed(head(), head()), data.Invalid, "not what belongs there")
	refused(t, packed(act()), data.Invalid, "not what belongs there")
	refused(t, packed(strings.Replace(head(), replicaB.String(), replicaA.String(), 1)), data.Invalid, "twice")
}

func TestHostileYear9999(t *testing.T) {
	late := strings.Replace(act(), "163840", "8303411200000000000", 1)
	if got, err := readAll(packed(head(), late)); err != nil || got.txns[0].Stamp.Instant().Time().Year() != 9999 {
		t.Errorf("a wrong clock is no reason to refuse: %v", err)
	}
	refused(t, packed(head(), strings.Replace(act(), "163840", "9223372036854775808", 1)), data.Invalid, "out of range")
	refused(t, packed(head(), strings.Replace(act(), "163840", "-1", 1)), data.Invalid, "out of range")
}

func TestHostileJSON(t *testing.T) {
	long := strings.Repeat("n", 64<<10)
	deep := strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000)
	for name, c := range map[string]struct{ cells, words string }{
		"NaN":                  {`{"amount":NaN}`, "not JSON"},
		"Infinity":             {`{"amount":-Infinity}`, "not JSON"},
		"hexadecimal":          {`{"amount":0x1}`, "not JSON"},
		"leading zero":         {`{"amount":01}`, "not JSON"},
		"invalid UTF-8":        {"{\"note\":\"\xff\"}", "not text"},
		"overlong UTF-8":       {"{\"note\":\"\xc0\x80\"}", "not text"},
		"invalid UTF-8 name":   {"{\"\xff\":1}", "not text"},
		"NUL":                  {"{\"note\":\"\x00\"}", "not text"},
		"escaped NUL":          {`{"note":"\u0000"}`, "not text"},
		"depth 9":              {`{"note":[[[[[[1]]]]]]}`, "nested too deep"},
		"depth 10,000":         {`{"note":` + deep + `}`, "nested too deep"},
		"doubled key":          {`{"note":1,"note":2}`, "twice"},
		"doubled by escape":    {`{"note":1,"n\u006fte":2}`, "twice"},
		"doubled within":       {`{"note":{"a":1,"a":2}}`, "twice"},
		"64 KB name":           {`{"` + long + `":1}`, "cannot be one"},
		"empty name":           {`{"":1}`, "cannot be one"},
		"control in name":      {`{"a\u001fb":1}`, "cannot be one"},
		"trailing comma":       {`{"note":1,}`, "not JSON"},
		"no value":             {`{"note"}`, "not JSON"},
		"cells are a list":     {`[1]`, "not JSON"},
		"unclosed":             {`{"note":"x`, "not JSON"},
		"number of 2000 marks": {`{"amount":` + strings.Repeat("1", 2000) + `}`, "not JSON"},
	} {
		t.Run(name, func(t *testing.T) { refused(t, packed(head(), act(), edit("1", c.cells, "")), data.Invalid, c.words) })
	}
	op := edit("1", `{"note":1}`, "")
	refused(t, packed(head(), act(), strings.Replace(op, `"seq":1`, `"seq":1,"seq":1`, 1)), data.Invalid, "twice")
	refused(t, packed(head(), act(), strings.Replace(op, `"kind":"deal"`, `"kind":"deal; DROP TABLE op"`, 1)), data.Invalid, "no kind")
	refused(t, packed(head(), act(), strings.Replace(op, `"kind":"deal"`, `"kind":"Ünïcode"`, 1)), data.Invalid, "no kind")
	refused(t, packed(head(), act(), strings.Replace(op, rowID.String(), "7", 1)), data.Invalid, "an id")
	refused(t, packed(head(), act(), strings.Replace(op, `"seq"`, `"later":1,"seq"`, 1)), data.Invalid, "newer Fieldbook")
	refused(t, packed(head(), act(), op+op), data.Invalid, "not JSON")
}

// What is odd but harmless passes: it is data, never SQL or layout.
func TestOddNamesAndValuesPass(t *testing.T) {
	for _, cells := range []string{
		`{"\"; DROP TABLE op; --":1}`, `{"select":1}`, `{"a'b\"c":"\u202e"}`, `{"amount":1e400}`, `{"amount":-0}`, `{"note":"\ud800"}`, `{}`,
	} {
		if _, err := readAll(packed(head(), act(), edit("1", cells, ""))); err != nil {
			t.Errorf("%s: %v", cells, err)
		}
	}
}

func TestNewerAndForeignFiles(t *testing.T) {
	newer := strings.Replace(head(), `"fieldbook":2`, `"fieldbook":3,"scope":{"new":[]}`, 1)
	newer = strings.Replace(newer, `"scope":"everything",`, "", 1)
	refused(t, packed(newer, `{"something":{}}`), data.Unsupported, "newer Fieldbook")
	refused(t, packed(strings.Replace(head(), `"encrypted":false`, `"encrypted":true`, 1)), data.Invalid, "encrypted")
	refused(t, []byte("PK\x03\x04 a zip file"), data.Invalid, "not a share file")
	refused(t, nil, data.Invalid, "cut short")
	refused(t, packed(strings.Replace(head(), bookID.String(), "", 1)), data.Invalid, "what the file is")
}

func TestStopsWhenAsked(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	lines := []string{head()}
	for range 3000 {
		lines = append(lines, act())
	}
	err := Read(ctx, bytes.NewReader(packed(lines...)), OpenOptions{}, (&held{}).handler())
	if data.KindOf(err) != data.Canceled {
		t.Errorf("%v", err)
	}
}

func TestFileLimit(t *testing.T) {
	lim := Standard()
	lim.File = 100
	if err := Read(context.Background(), bytes.NewReader(written(t, sample())), OpenOptions{Limits: lim}, Handler{}); data.KindOf(err) != data.Refused {
		t.Errorf("%v", err)
	}
}
