package app

// Territories holds the use cases of its subject.
type Territories struct{ app *App }
