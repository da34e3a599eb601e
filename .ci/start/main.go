// Command start opens a window, says after how many milliseconds it stood, and
// ends: with a book, the program's window with its first screen; without one, a
// window with one label, as the yardstick.
package main

import (
	"context"
	"fmt"
	"image"
	"os"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"fieldbook/app"
	"fieldbook/views/shell"
)

func main() {
	began := time.Now()
	fa := fyneapp.NewWithID("io.fieldbook.start")
	done := func() {
		fmt.Println(time.Since(began).Milliseconds())
		fa.Quit()
	}
	queue := sync.OnceFunc(func() { go fyne.Do(done) })
	// An animation moves before a frame is painted, so what it queues runs when
	// the frame stands.
	painted := func() {
		fyne.NewAnimation(time.Second, func(float32) { queue() }).Start()
	}
	if len(os.Args) < 2 {
		w := fa.NewWindow("Label")
		// The raster is asked for its pixels when the label beside it is drawn.
		dot := canvas.NewRaster(func(wide, high int) image.Image {
			queue()
			return image.NewRGBA(image.Rect(0, 0, wide, high))
		})
		w.SetContent(container.NewVBox(widget.NewLabel("Label"), dot))
		w.Resize(fyne.NewSize(1280, 800))
		w.ShowAndRun()
		return
	}
	folder, err := os.MkdirTemp("", "start")
	if err == nil {
		defer os.RemoveAll(folder)
		err = shell.Run(context.Background(), fa, shell.Options{
			Config: app.Config{Now: time.Now, Device: "start"}, Book: os.Args[1], Folder: folder, Shown: painted,
		})
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
