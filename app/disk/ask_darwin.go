package disk

import (
	"context"
	"os/exec"
	"path/filepath"
	"strings"
)

// ask answers for the startup disk; of others fdesetup says nothing.
func ask(ctx context.Context, path string) Finding {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	if strings.HasPrefix(path, "/Volumes/") {
		return Finding{}
	}
	return fileVault(output(exec.CommandContext(ctx, "/usr/bin/fdesetup", "status")))
}
