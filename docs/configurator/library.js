// @ts-check
import { kebab } from './kebab.js'

/** @typedef {import('./warnings.js').Ready} Ready */

const beside = (/** @type {string} */ file) => new URL(`../dist/${file}`, import.meta.url).href

export const LANGUAGES =
  'ar bg cs da de el en es et fi fr ga he hi hr hu is it ja ko lt lv mt nb nl pl pt pt-BR ro sk sl sv tr uk zh-Hans zh-Hant'.split(
    ' ',
  )

/** The ready-made services, from the built library. @returns {Promise<Ready>} */
export async function readyServices() {
  const services = await import(beside('services.js'))
  return Object.fromEntries(Object.entries(services).map(([name, service]) => [kebab(name), service]))
}

/** @returns {Promise<Record<string, string>>} */
async function english() {
  // English has no file of its own: it is inside the script build.
  const script = await (await fetch(beside('crumbgate.js'))).text()
  const [, texts = ''] = /lang:"en",texts:\{((?:\w+:"(?:[^"\\]|\\.)*",?)+)\}/.exec(script) ?? []
  return Object.fromEntries(
    [...texts.matchAll(/(\w+):("(?:[^"\\]|\\.)*")/g)].map(([, key, text = '']) => [key, JSON.parse(text)]),
  )
}

/** @param {string} language @returns {Promise<Record<string, string>>} its texts by name, English where there are none */
export async function textsOf(language) {
  if (language === 'en' || !LANGUAGES.includes(language)) return english()
  const { locale } = await import(beside(`locales/${language}.js`))
  return locale.texts
}
