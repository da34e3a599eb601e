package kit

import "testing"

func TestAMessageBeginsAsASentenceButForAFilesName(t *testing.T) {
	for text, want := range map[string]string{
		"your role does not let you": "Your role does not let you",
		"nobody's, and so on":        "Nobody's, and so on",
		"ada.fieldbook: it is cut":   "ada.fieldbook: it is cut",
		"/tmp/x cannot be read":      "/tmp/x cannot be read",
		"The book is safe":           "The book is safe",
		"":                           "",
	} {
		if got := sentence(text); got != want {
			t.Errorf("%q becomes %q", text, got)
		}
	}
}
