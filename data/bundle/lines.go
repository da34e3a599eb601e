package bundle

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"

	"fieldbook/data"
)

// lines reads the lines of the unpacked file and hashes those before its trailer.
type lines struct {
	ctx    context.Context
	frame  *frame
	sealed bool // the file is encrypted
	r      *bufio.Reader
	lim    Limits
	line   []byte // the current one, without its end
	number int64
	plain  int64
	sum    hash.Hash
	before [sha256.Size]byte // of all lines before the current one, once it is the trailer
	err    error
}

// next reads a line; false is the end or an error in l.err.
func (l *lines) next() bool {
	if l.err != nil {
		return false
	}
	l.line = l.line[:0]
	for {
		part, err := l.r.ReadSlice('\n')
		l.plain += int64(len(part))
		l.line = append(l.line, part...)
		switch {
		case l.plain > l.lim.Plain:
			l.err = tooLarge("unpacks to more")
		case len(l.line) > l.lim.Line:
			l.err = tooLarge("has a longer line")
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil:
			l.err = l.frame.explain(err)
		default:
			return l.take()
		}
		return false
	}
}

// take ends the reading of a line: the trailer is not hashed, all others are.
func (l *lines) take() bool {
	if l.number++; l.number%1024 == 0 {
		if l.err = l.ctx.Err(); l.err != nil {
			l.err = data.Wrap(data.Canceled, l.err, "stopped; nothing was changed")
			return false
		}
	}
	if l.trailer() {
		l.sum.Sum(l.before[:0])
	} else {
		l.sum.Write(l.line)
	}
	l.line = l.line[:len(l.line)-1]
	return true
}

var trailerStart = []byte(`{"trailer":`)

func (l *lines) trailer() bool { return bytes.HasPrefix(l.line, trailerStart) }

// end checks the trailer, the current line, against the file and that nothing
// follows it.
func (l *lines) end(f *File) error {
	if l.err != nil {
		return l.err
	}
	var said int64
	var sum string
	var signature []byte
	err := l.members("trailer", func(key string, raw []byte) error {
		switch key {
		case "count":
			return readNumber(raw, &said)
		case "sha256":
			return readText(raw, &sum)
		case "signature":
			return readHex(raw, ed25519.SignatureSize, &signature)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if said != f.Count || sum != hex.EncodeToString(l.before[:]) {
		return damaged(errors.New("the trailer is of another file"))
	}
	if err := checkSignature(f.Manifest.Key, l.before, signature); err != nil {
		return err
	}
	if _, err := l.r.ReadByte(); err == nil {
		return behindEnd()
	} else if !errors.Is(err, io.EOF) || !errors.Is(l.frame.err, io.EOF) {
		return l.frame.explain(err)
	}
	return nil
}

// members validates the current line, which must be an object with the one
// member name, and reads that member's own members.
func (l *lines) members(name string, fn func(key string, raw []byte) error) error {
	return l.only(name, func(raw []byte) error { return fields(raw, l.lim.Depth, fn) })
}

// only validates the current line, which must be an object with the one member
// name, and reads that member.
func (l *lines) only(name string, fn func(raw []byte) error) error {
	if err := validate(l.line, l.lim.Depth); err != nil {
		return malformed(l.number, err.Error())
	}
	err := fields(l.line, l.lim.Depth, func(key string, raw []byte) error {
		if key != name {
			return errors.New("is not what belongs there")
		}
		return fn(raw)
	})
	return l.explain(err)
}

// explain puts an error of the parser into words; others pass.
func (l *lines) explain(err error) error {
	var told *data.Error
	if err == nil || errors.As(err, &told) {
		return err
	}
	return malformed(l.number, err.Error())
}
