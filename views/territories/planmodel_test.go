package territories

import (
	"reflect"
	"strings"
	"testing"

	"fieldbook/app/visits"
)

func TestVisitClassesAsText(t *testing.T) {
	classes := visits.Default().Classes
	if got, err := classesOf(classText(classes) + "\n\n"); err != nil || !reflect.DeepEqual(got, classes) {
		t.Errorf("%v %v", got, err)
	}
	if got, err := classesOf("Key; 6.5; 90"); err != nil || !reflect.DeepEqual(got, []visits.Class{{Name: "Key", VisitsYear: 6.5, Minutes: 90}}) {
		t.Errorf("%v %v", got, err)
	}
	for text, want := range map[string]string{"A 24 60": "is no class", "A, often, 60": `"often"`, "A, 1": "is no class"} {
		if _, err := classesOf(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
