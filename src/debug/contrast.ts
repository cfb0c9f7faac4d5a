/** Red, green, blue from 0 to 255, and opacity from 0 to 1. */
export type Colour = readonly [red: number, green: number, blue: number, opacity: number]

/** What is seen where a colour lies over an opaque one. */
export function over([red, green, blue, opacity]: Colour, [r, g, b]: Colour): Colour {
  const mix = (top: number, bottom: number) => top * opacity + bottom * (1 - opacity)
  return [mix(red, r), mix(green, g), mix(blue, b), 1]
}

// https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
function luminance([red, green, blue]: Colour): number {
  const linear = (value: number) =>
    value <= 0.04045 * 255 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/** From 1 to 21, with two places, rounded down: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(one: Colour, other: Colour): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return Math.floor(((light + 0.05) / (dark + 0.05)) * 100) / 100
}

/**
 * What a text needs: https://www.w3.org/TR/WCAG22/#contrast-minimum
 * @param size in CSS pixels
 */
export const neededContrast = (size: number, weight: number) =>
  size >= 24 || (size >= 56 / 3 && weight >= 700) ? 3 : 4.5
