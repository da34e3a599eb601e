package app

// Quotas holds the use cases of its subject.
type Quotas struct{ app *App }
