package store

import (
	"encoding/json"
	"maps"
	"testing"

	"pgregory.net/rapid"
)

// TestPlainMembers: what is parted without encoding/json is what it reads.
func TestPlainMembers(t *testing.T) {
	plain := map[string]bool{
		`{}`: true, `{"a":1}`: true, `{"a":-1.5e-7,"b":true,"c":false,"d":null}`: true, `{"é":"\"\\"}`: true, `{"a":"{\"b\":[1]}"}`: true,
		`{"a\"":1}`: false, `{"a": 1}`: false, `{"a":[1]}`: false, `{"a":{"b":1}}`: false, `{"a":1,}`: false, `{"a":}`: false, `{"a":1`: false, `{"a":"1}`: false, `{"a":nul}`: false,
		`{"a"}`: false, `{,}`: false, `[]`: false, `null`: false, ``: false, `{`: false, `{"`: false, `{"a":1}}`: false, `{"a":1}{`: false, `{"a":"x"y}`: false,
	}
	for object, want := range plain {
		members, ok := plainMembers([]byte(object), nil)
		if ok != want {
			t.Errorf("%s: %v", object, ok)
		}
		if ok {
			sameMembers(t, object, members)
		}
	}
	text := rapid.StringMatching(`[a-z_é"\\ \n<]{0,6}`)
	rapid.Check(t, func(t *rapid.T) {
		values := map[string]any{}
		for range rapid.IntRange(0, 6).Draw(t, "members") {
			values[text.Draw(t, "name")] = rapid.OneOf(text.AsAny(), rapid.Float64().AsAny(), rapid.Int64().AsAny(), rapid.Bool().AsAny()).Draw(t, "value")
		}
		object, err := json.Marshal(values)
		if err != nil {
			t.Fatal(err)
		}
		if members, ok := plainMembers(object, nil); ok {
			sameMembers(t, string(object), members)
		}
	})
}

func sameMembers(t rapid.TB, object string, members []jsonMember) {
	t.Helper()
	got, want := map[string]string{}, map[string]json.RawMessage{}
	for _, m := range members {
		got[string(m.name)] = string(m.raw)
	}
	if err := json.Unmarshal([]byte(object), &want); err != nil {
		t.Errorf("%s: %v", object, err)
	}
	if !maps.EqualFunc(got, want, func(a string, b json.RawMessage) bool { return a == string(b) }) {
		t.Errorf("%s: %v", object, got)
	}
}
