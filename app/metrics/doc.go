// Package metrics computes every figure of the book from facts held in memory.
//
// The formulas are the book's metric definitions (one definition each, the
// same in the window, on paper and on the command line); the interval of a win
// rate is Wilson's score interval at 95 % (E. B. Wilson, "Probable inference,
// the law of succession, and statistical inference", JASA 22, 1927).
//
// The shape is one line: Facts, which the store fills once and patches after
// an edit, are read as of a day by NewView, which keeps the deals of a scope
// and segment with their stage, close day and value on that day; every figure
// is then a pass over the view. Compute does both at once. All functions are
// pure: they read no clock and leave no goroutine behind. Facts may be read by
// many at once but not while they are patched.
//
// Counts are of deals, money is in minor units of the book's currency unless a
// type says otherwise, and a figure whose denominator is 0 is absent (null),
// never 0.
package metrics
