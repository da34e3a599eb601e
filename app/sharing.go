package app

// Sharing holds the use cases of its subject.
type Sharing struct{ app *App }
