package quotas

import "testing"

// The grid that is written to a file comes back in unchanged.
func TestExportedQuotasComeBack(t *testing.T) {
	b := newBench(t, false)
	b.planned()
	b.show()
	b.Returns(t, "Export quotas")
}
