import { findAll, h } from '../markup/element'
import { type Colour, contrast, neededContrast, over } from './contrast'
import type { ButtonFigures } from './report'

/** A text of the dialog that is hard to read. */
export interface Faint {
  readonly text: string
  readonly colour: string
  readonly contrast: number
  readonly needed: number
}

/** What the dialog looked like when it was seen last. */
export interface Look {
  readonly isDark: boolean
  readonly faint: readonly Faint[]
  readonly buttons: { readonly accept: ButtonFigures; readonly reject: ButtonFigures } | undefined
}

const WHITE: Colour = [255, 255, 255, 1]
const BLACK: Colour = [0, 0, 0, 1]

/** Colours as the browser understands them, whatever notation they are in. */
function createPalette(): (colour: string) => Colour {
  const brush = h('canvas', {}).getContext('2d', { willReadFrequently: true })
  const known = new Map<string, Colour>()
  return (colour) => {
    const found = known.get(colour)
    if (found || !brush) return found ?? BLACK
    brush.clearRect(0, 0, 1, 1)
    brush.fillStyle = colour
    brush.fillRect(0, 0, 1, 1)
    const [red = 0, green = 0, blue = 0, opacity = 0] = brush.getImageData(0, 0, 1, 1).data
    const read: Colour = [red, green, blue, opacity / 255]
    known.set(colour, read)
    return read
  }
}

/** @returns measures what is shown of the dialog now; `undefined` while nothing is */
export function createMeasure(): () => Look | undefined {
  const read = createPalette()

  /** What lies behind an element, itself included. */
  function backgroundOf(element: Element | null, isDark: boolean): Colour {
    if (!element) return isDark ? BLACK : WHITE
    const own = read(getComputedStyle(element).backgroundColor)
    return own[3] === 1 ? own : over(own, backgroundOf(element.parentElement, isDark))
  }

  function figuresOf(button: HTMLElement, isDark: boolean): ButtonFigures {
    const style = getComputedStyle(button)
    const { width, height } = button.getBoundingClientRect()
    const back = backgroundOf(button, isDark)
    return {
      width: Math.round(width),
      height: Math.round(height),
      fontSize: Number.parseFloat(style.fontSize),
      fontWeight: Number(style.fontWeight),
      contrast: contrast(over(read(style.color), back), back),
      prominence: contrast(back, backgroundOf(button.parentElement, isDark)),
    }
  }

  return () => {
    const layer = findAll('#crumbgate-host [data-crumb="banner"][data-shown],#crumbgate-host dialog[open]').pop()
    // Not while it moves, or a button looks otherwise because it is pointed at.
    if (!layer?.getClientRects().length || layer.querySelector('button:hover')) return undefined
    if (layer.getAnimations({ subtree: true }).length) return undefined
    const isDark = !!layer.closest('[data-dark]')
    const texts = [...layer.querySelectorAll('*')].filter(
      (element): element is HTMLElement =>
        element instanceof HTMLElement &&
        element.getClientRects().length > 0 &&
        [...element.childNodes].some((node) => node instanceof Text && !!node.data.trim()),
    )
    const faint = texts.flatMap((element): Faint[] => {
      const { color, fontSize, fontWeight } = getComputedStyle(element)
      const back = backgroundOf(element, isDark)
      const found = contrast(over(read(color), back), back)
      const needed = neededContrast(Number.parseFloat(fontSize), Number(fontWeight))
      const text = `${element.textContent}`.trim().slice(0, 40)
      return found < needed ? [{ text, colour: color, contrast: found, needed }] : []
    })
    const [accept, reject] = ['accept', 'reject'].map((name) => layer.querySelector(`[data-crumb="${name}"]`))
    return {
      isDark,
      faint,
      buttons:
        accept instanceof HTMLElement && reject instanceof HTMLElement
          ? { accept: figuresOf(accept, isDark), reject: figuresOf(reject, isDark) }
          : undefined,
    }
  }
}
