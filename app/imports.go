package app

// Imports holds the use cases of its subject.
type Imports struct{ app *App }
