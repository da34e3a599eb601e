package disk

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

// ask reads the property of the drive that Explorer shows. manage-bde would
// want an administrator and answers in the language of the system.
func ask(ctx context.Context, path string) Finding {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	at := drive(path)
	if at == "" {
		return Finding{}
	}
	shell := filepath.Join(os.Getenv("SystemRoot"), "System32", "WindowsPowerShell", "v1.0", "powershell.exe")
	cmd := exec.CommandContext(ctx, shell, "-NoProfile", "-NonInteractive", "-Command",
		"(New-Object -ComObject Shell.Application).NameSpace('"+at+"').Self.ExtendedProperty('System.Volume.BitLockerProtection')")
	cmd.SysProcAttr = &syscall.SysProcAttr{HideWindow: true}
	return bitLocker(output(cmd))
}
