// Package disk asks the system about the disk that a book lies on: how much
// room it has, and whether it is encrypted.
package disk

import (
	"context"
	"os/exec"
	"strings"
	"time"
)

// Encryption is whether a file can be read by whoever has the disk alone.
type Encryption int

// What is known of it.
const (
	Unknown Encryption = iota
	Plain
	Encrypted
)

// Finding is what the system says of the disk of a file.
type Finding struct {
	Encryption Encryption
	By         string // what encrypts it, such as LUKS or BitLocker; or, where that is not known, what the file lies on
}

// askTime is how long a program of the system may take to answer.
const askTime = 10 * time.Second

// Ask finds out about the disk of a file, which takes up to some seconds. What
// cannot be told is Unknown and no error.
func Ask(ctx context.Context, path string) Finding {
	ctx, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	return ask(ctx, path)
}

// output is what a program prints, nothing where it fails.
func output(cmd *exec.Cmd) string {
	cmd.WaitDelay = time.Second // what it started may hold on to the pipe
	text, err := cmd.Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(text))
}

// fileVault reads what macOS's fdesetup says of the startup disk.
func fileVault(says string) Finding {
	switch {
	case strings.HasPrefix(says, "FileVault is On"):
		return Finding{Encrypted, "FileVault"}
	case strings.HasPrefix(says, "FileVault is Off"):
		return Finding{Plain, ""}
	}
	return Finding{}
}

// bitLocker reads the property System.Volume.BitLockerProtection of a drive of
// Windows, a number that is the same in every language.
func bitLocker(says string) Finding {
	switch says {
	case "1", "3", "6": // on, being encrypted, locked
		return Finding{Encrypted, "BitLocker"}
	case "0", "2", "4", "5": // cannot be, off, being decrypted, suspended: its key lies open
		return Finding{Plain, ""}
	}
	return Finding{}
}

// drive is the drive of a path on Windows, empty on a network.
func drive(path string) string {
	if len(path) >= 2 && path[1] == ':' && (path[0]|0x20) >= 'a' && (path[0]|0x20) <= 'z' {
		return path[:2]
	}
	return ""
}
