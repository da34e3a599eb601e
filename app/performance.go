package app

// Performance computes the book's figures from facts kept in memory.
type Performance struct{ app *App }
