// Package forecast tells from a book's own history what its open deals may
// come to and what a period may bring.
//
// Learn makes a win-probability model: logistic regression with a ridge
// penalty (A. E. Hoerl, R. W. Kennard, "Ridge regression", Technometrics 12,
// 1970) chosen and tested in the order of time. Columns that are known only
// after a deal has closed are refused, each with its reason. A model that is
// not better than the share of deals won by more than chance would give is not
// used: every deal then has that share.
//
// Predict makes a period's forecast: what has closed, what open deals bring by
// curves of the age at which deals are won and lost (two competing ends, open
// deals censored, deals that nobody could have seen end before the book began
// entering late: O. O. Aalen, S. Johansen, Scand. J. Statist. 5, 1978), and what deals bring that do not
// exist yet. The bands come from seeded simulation and are recentred and
// widened by the errors that the same computation made at earlier days, by
// what was known then.
//
// All functions are pure: no clock, no global random; money is in minor units
// of the book's currency.
package forecast
