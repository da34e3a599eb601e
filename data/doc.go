// Package data holds the words of the field: what a deal, a person, a
// territory is, which fields it has, and the small types (day, money, period)
// that every figure is made of. It is pure: no disk, no clock, no SQL.
package data
