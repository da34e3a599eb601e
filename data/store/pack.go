package store

/*
#include <stdint.h>
#include <string.h>

// What SQLite's own header says of these; go-sqlite3 links them in.
typedef struct sqlite3 sqlite3;
typedef struct sqlite3_context sqlite3_context;
typedef struct sqlite3_value sqlite3_value;
int sqlite3_auto_extension(void (*)(void));
int sqlite3_create_function_v2(sqlite3*, const char*, int, int, void*, void (*)(sqlite3_context*, int, sqlite3_value**),
	void (*)(sqlite3_context*, int, sqlite3_value**), void (*)(sqlite3_context*), void (*)(void*));
void *sqlite3_aggregate_context(sqlite3_context*, int);
void sqlite3_result_blob64(sqlite3_context*, const void*, unsigned long long, void (*)(void*));
void sqlite3_result_error_nomem(sqlite3_context*);
void *sqlite3_realloc64(void*, unsigned long long);
void sqlite3_free(void*);
int sqlite3_value_type(sqlite3_value*);
long long sqlite3_value_int64(sqlite3_value*);
double sqlite3_value_double(sqlite3_value*);
const void *sqlite3_value_blob(sqlite3_value*);
int sqlite3_value_bytes(sqlite3_value*);

typedef struct { char *at; uint64_t used, room; int failed; } pack_buffer;

static int pack_make_room(pack_buffer *b, uint64_t more) {
	if (b->failed) return 0;
	if (b->used + more <= b->room) return 1;
	uint64_t room = 2 * b->room + more + 4096;
	char *at = sqlite3_realloc64(b->at, room);
	if (!at) { b->failed = 1; return 0; }
	b->at = at;
	b->room = room;
	return 1;
}

// A whole number is how many bytes hold it, then these, the lowest first.
static void pack_number(pack_buffer *b, int64_t word) {
	char n = 0;
	if (word) for (n = 1; n < 8 && word != (int64_t)((uint64_t)word << (64 - 8 * n)) >> (64 - 8 * n); n++) {}
	b->at[b->used++] = n;
	for (char i = 0; i < n; i++) b->at[b->used++] = (uint64_t)word >> (8 * i);
}

// 9 is NULL, 10 a float by its bits, 11 a text or blob: its length as a number
// and its bytes.
static void pack_step(sqlite3_context *ctx, int n, sqlite3_value **values) {
	pack_buffer *b = sqlite3_aggregate_context(ctx, sizeof *b);
	for (int i = 0; b && i < n && pack_make_room(b, 20); i++) {
		switch (sqlite3_value_type(values[i])) {
		case 1:
			pack_number(b, sqlite3_value_int64(values[i]));
			break;
		case 2: {
			double d = sqlite3_value_double(values[i]);
			int64_t word;
			memcpy(&word, &d, 8);
			b->at[b->used++] = 10;
			pack_number(b, word);
			break;
		}
		case 5:
			b->at[b->used++] = 9;
			break;
		default: {
			const void *bytes = sqlite3_value_blob(values[i]);
			uint64_t size = bytes ? sqlite3_value_bytes(values[i]) : 0;
			b->at[b->used++] = 11;
			pack_number(b, size);
			if (!pack_make_room(b, size)) return;
			if (size) memcpy(b->at + b->used, bytes, size);
			b->used += size;
		}
		}
	}
}

static void pack_final(sqlite3_context *ctx) {
	pack_buffer *b = sqlite3_aggregate_context(ctx, 0);
	if (!b || !b->at) return;
	if (b->failed) { sqlite3_free(b->at); sqlite3_result_error_nomem(ctx); return; }
	sqlite3_result_blob64(ctx, b->at, b->used, sqlite3_free);
}

// 1 is UTF-8; 0x80000 keeps it out of what a book's own schema may call.
static int pack_add(sqlite3 *db, char **message, const void *api) {
	return sqlite3_create_function_v2(db, "pack", -1, 1 | 0x80000, 0, 0, pack_step, pack_final, 0);
}

static int pack_register(void) { return sqlite3_auto_extension((void (*)(void))pack_add); }
*/
import "C"

import (
	"encoding/binary"
	"math"
	"sync"

	"fieldbook/data"
)

// registerPack gives every connection opened from now on the aggregate
// pack(value, …), which makes one blob of all rows of a query: a row crosses
// the driver value by value for ten times what SQLite takes to read it.
var registerPack = sync.OnceValue(func() int { return int(C.pack_register()) })

// What stands before a value; a whole number has its length there.
const (
	packNull  = 9
	packFloat = 10
	packBytes = 11
)

// packed is what pack made, read value by value from its beginning. Where it
// is cut short, reading ends.
type packed []byte

// number takes a whole number off.
func (p *packed) number() int64 {
	b := *p
	n := int(b[0])
	if n >= len(b) || n > 8 {
		*p = nil
		return 0
	}
	*p = b[1+n:]
	if len(b) < 9 {
		b = append(make(packed, 0, 9), b...)[:9]
	}
	unused := 64 - 8*n
	return int64(binary.LittleEndian.Uint64(b[1:])<<unused) >> unused
}

// next takes a value off: what stood before it, and its number or bytes.
func (p *packed) next() (kind byte, word int64, bytes []byte) {
	if len(*p) == 0 {
		return packNull, 0, nil
	}
	kind = (*p)[0]
	switch {
	case kind < packNull:
		return 0, p.number(), nil
	case kind == packNull || kind > packBytes || len(*p) == 1:
		*p = (*p)[1:]
		return packNull, 0, nil
	}
	*p = (*p)[1:]
	word = p.number()
	if kind == packBytes {
		n := min(max(word, 0), int64(len(*p)))
		bytes, *p = (*p)[:n], (*p)[n:]
	}
	return kind, word, bytes
}

// int takes a whole number off, 0 where there is none.
func (p *packed) int() int64 {
	n, _ := p.maybe()
	return n
}

// maybe takes a whole number off and tells whether there is one.
func (p *packed) maybe() (int64, bool) {
	switch kind, word, _ := p.next(); kind {
	case 0:
		return word, true
	case packFloat:
		return int64(math.Float64frombits(uint64(word))), true
	}
	return 0, false
}

// value takes a value off as the driver gives it, but for a blob, which is text.
func (p *packed) value() any {
	switch kind, word, bytes := p.next(); kind {
	case 0:
		return word
	case packFloat:
		return math.Float64frombits(uint64(word))
	case packBytes:
		return string(bytes)
	}
	return nil
}

func (p *packed) key() data.Key { return data.Key(p.int()) }

// day takes a day off, NoDay where there is none.
func (p *packed) day() data.Day {
	if n, ok := p.maybe(); ok {
		return data.Day(n)
	}
	return data.NoDay
}

// text takes a text off, good until the blob is gone; empty where there is none.
func (p *packed) text() []byte {
	_, _, bytes := p.next()
	return bytes
}
