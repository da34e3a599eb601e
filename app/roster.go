package app

// Roster holds the use cases of its subject.
type Roster struct{ app *App }
