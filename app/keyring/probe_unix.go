//go:build linux || freebsd || netbsd || openbsd || dragonfly

package keyring

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"

	secrets "github.com/zalando/go-keyring/secret_service"
)

// isLocked asks the secret service of the session for its state. Without a
// session bus it looks no further: the driver would start a bus of its own.
func isLocked() (bool, error) {
	address := os.Getenv("DBUS_SESSION_BUS_ADDRESS")
	if _, err := os.Stat(filepath.Join("/run/user", strconv.Itoa(os.Getuid()), "bus")); err != nil && (address == "" || address == "autolaunch:") {
		return false, errors.New("no session bus")
	}
	service, err := secrets.NewSecretService()
	if err != nil {
		return false, err
	}
	value, err := service.GetLoginCollection().GetProperty("org.freedesktop.Secret.Collection.Locked")
	if err != nil {
		return false, err
	}
	is, ok := value.Value().(bool)
	if !ok {
		return false, errors.New("the collection does not say whether it is locked")
	}
	return is, nil
}
