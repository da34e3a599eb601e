package kit

import (
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"fieldbook/assets"
)

// Icon returns an icon of assets/icons by its name without extension, drawn
// in the text colour of the current theme. An unknown name draws nothing.
func Icon(name string) fyne.Resource { return IconColored(name, ColorFg) }

// IconColored is Icon in a token's colour; it follows a switch of the theme.
// The same name and token always give the same resource.
func IconColored(name string, token Token) fyne.Resource {
	return icons.get(iconKey{name, token})
}

// NewIcon returns an icon as a canvas object of 16 × 16.
func NewIcon(name string, token Token) *canvas.Image {
	return iconImage(name, token, IconSize)
}

func iconImage(name string, token Token, size float32) *canvas.Image {
	img := canvas.NewImageFromResource(IconColored(name, token))
	img.FillMode = canvas.ImageFillContain
	img.SetMinSize(fyne.NewSquareSize(size))
	img.Resize(fyne.NewSquareSize(size))
	return img
}

type iconKey struct {
	name  string
	token Token
}

// iconResource colours the lines of one icon in one token. It is no
// fyne.ThemedResource: Fyne's recolouring fills shapes that are drawn as lines.
type iconResource struct {
	key         iconKey
	svg         []byte
	light, dark string // names
}

// Name differs by theme, so that Fyne's cache of drawn pictures does too.
func (r *iconResource) Name() string {
	if IsDark() {
		return r.dark
	}
	return r.light
}

func (r *iconResource) Content() []byte {
	return recolor(r.svg, Color(r.key.token))
}

var icons = iconCache{known: map[iconKey]*iconResource{}}

type iconCache struct {
	mu    sync.Mutex
	known map[iconKey]*iconResource
}

func (c *iconCache) get(key iconKey) *iconResource {
	c.mu.Lock()
	defer c.mu.Unlock()
	if r, ok := c.known[key]; ok {
		return r
	}
	svg := []byte(marks[key.name])
	if len(svg) == 0 {
		svg = assets.Icon(key.name)
	}
	if len(svg) == 0 {
		svg = []byte(markOpen + markClose)
	}
	name := string(key.token) + "-" + key.name + ".svg"
	r := &iconResource{key: key, svg: svg, light: name, dark: "dark-" + name}
	c.known[key] = r
	return r
}
