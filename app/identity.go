package app

import (
	"context"
	"encoding/hex"
	"slices"

	"fieldbook/app/keyring"
	"fieldbook/data"
	"fieldbook/data/oplog"
	"fieldbook/data/seal"
	"fieldbook/data/store"
)

// prefDevice remembers the public key of the device that signs in this file.
// The key itself is in the vault, so that a copied file cannot sign elsewhere.
const prefDevice = "device"

// identity is who signs in an open book on this computer.
type identity struct {
	vault keyring.Vault
	store *store.Store
	acts  keyring.Device // signs instead of the file's own, such as an invitation; zero is none
}

// signer is this file's device: the one that it remembers, else one that the
// book knows, else a new one. It is nil where this computer keeps no keys.
func (i *identity) signer(ctx context.Context) (oplog.Signer, error) {
	if i.vault == nil {
		return nil, nil
	}
	d, err := i.device(ctx)
	if err != nil || d.IsZero() {
		return nil, err
	}
	return d, nil
}

func (i *identity) device(ctx context.Context) (keyring.Device, error) {
	if !i.acts.IsZero() {
		return i.acts, nil
	}
	known, err := i.vault.Devices(i.store.BookID())
	if err != nil {
		return keyring.Device{}, err
	}
	mine, err := i.store.Pref(ctx, prefDevice)
	if err != nil {
		return keyring.Device{}, err
	}
	at := slices.IndexFunc(known, func(d keyring.Device) bool { return hex.EncodeToString(d.Public()) == mine })
	if at >= 0 {
		return known[at], nil
	}
	if i.store.Founded() {
		return keyring.Device{}, nil // only an invitation makes a device a member
	}
	return i.renew(ctx)
}

// renew makes a device for this file and remembers it.
func (i *identity) renew(ctx context.Context) (keyring.Device, error) {
	d, err := keyring.New()
	if err != nil {
		return d, err
	}
	return d, i.adopt(ctx, d)
}

func (i *identity) adopt(ctx context.Context, d keyring.Device) error {
	if err := i.vault.Keep(i.store.BookID(), d); err != nil {
		return err
	}
	return i.store.SetPref(ctx, prefDevice, hex.EncodeToString(d.Public()))
}

// openers are what this computer opens encrypted files with: the devices
// of every book, since which one a file is of is inside.
func openers(vault keyring.Vault, passphrase string) (seal.Key, error) {
	k := seal.Key{Passphrase: passphrase}
	if vault == nil {
		return k, nil
	}
	all, err := vault.All()
	for _, d := range all {
		k.Identities = append(k.Identities, d.Identity())
	}
	return k, err
}

// deviceID is the row of a device: the same in every book that knows its key.
func deviceID(public []byte) data.ID { return oplog.DeviceRow(public) }
