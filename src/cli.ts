import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readConfig } from './core/config'
import { isObject } from './extras'
import { LANGUAGES, languageFor } from './locales/index'
import { importLocale } from './locales/load'
import { createWording } from './markup/wording'
import { readReceipt } from './receipts/read'
import { sha256, shownText } from './receipts/shown'
import { resolveServices } from './services-by-name'
import { connect } from './signals/index'
import type { Receipt } from './types'

const USAGE = `Which configuration was shown to whom:

  npx crumbgate receipt-hash config.json [other.json ...]
      the hash of each configuration, by regime and language

  npx crumbgate receipt-hash config.json [other.json ...] --receipt receipt.json
      which of the configurations each receipt belongs to; fails where it is none of them

A configuration is what stands in the JSON block of the page. A receipt is what a visitor has saved, or your server
gave back or exported: one, a list, or a line each. Texts are those of this version of Crumbgate; of another:
npx crumbgate@<version> receipt-hash config.json`

const warn = (message: string) => console.error(`crumbgate: ${message}`)

const why = (error: unknown) => (error instanceof Error ? error.message : `${error}`)

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new Error(`${file} cannot be read. ${why(error)}`)
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`${file} is not JSON. ${why(error)}`)
  }
}

/** What is in a file of receipts: one, a list, or an export, which is a line each. */
function readReceipts(file: string): unknown[] {
  const lines = /^\{.*\}\s*$/
  const text = readText(file)
  if (text.split('\n').every((line) => line === '' || lines.test(line))) {
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => parseJson(file, line))
  }
  return [parseJson(file, text)].flat()
}

/** A configuration as it is written, and the file that it is in. */
interface Source {
  readonly file: string
  readonly options: Readonly<Record<string, unknown>>
  /** What it can come to, by its rules for regions. */
  readonly regimes: readonly string[]
}

function readSource(file: string): Source {
  const options = parseJson(file, readText(file))
  if (!isObject(options)) throw new Error(`${file} is not a configuration. Write: { "policy": "/privacy" }`)
  const { regions, region, signals, ...rest } = options
  const problems = resolveServices(rest)
  problems.push(...readConfig({ ...rest, signals: connect() }).problems)
  for (const problem of problems) warn(`${file}: ${problem}`)
  const rules = Object.values(Object(regions)).map((rule) => (isObject(rule) ? rule.regime : rule))
  return { file, options: rest, regimes: [...new Set([rest.regime ?? 'opt-in', ...rules].map(String))] }
}

/** What is in the receipts of visitors who were shown this configuration in that language, under that regime. */
async function hashOf({ options }: Source, regime: string, lang: string): Promise<string | null> {
  const { config } = readConfig({ ...options, regime, signals: connect() })
  const language = languageFor(lang)
  const locale = language ? await importLocale(language) : { lang, texts: (await importLocale('en')).texts }
  return sha256(
    shownText(
      config,
      createWording(locale, config, () => {}),
    ),
  )
}

async function list(sources: readonly Source[]): Promise<void> {
  for (const source of sources) {
    const { lang: own } = source.options
    const languages = typeof own === 'string' ? [languageFor(own) ?? own] : LANGUAGES
    for (const regime of source.regimes) {
      for (const lang of languages) {
        console.log(`${await hashOf(source, regime, lang)}  ${source.file}  ${regime}  ${lang}`)
      }
    }
  }
}

/** @returns whether each belongs to one of the configurations */
async function match(receipts: readonly Receipt[], sources: readonly Source[]): Promise<boolean> {
  let areAll = true
  for (const { id, hash, regime, locale } of receipts) {
    const hashes = await Promise.all(sources.map((source) => hashOf(source, regime, locale)))
    const files = sources.filter((_, index) => hash !== null && hashes[index] === hash).map(({ file }) => file)
    areAll &&= files.length > 0
    const none = hash === null ? 'no dialog was shown, or the page was not on https' : 'none of these configurations'
    console.log(`${id}  ${files.join(' ') || none}`)
  }
  return areAll
}

async function receiptHash(files: readonly string[], receiptFile: string | undefined): Promise<boolean> {
  if (files.length === 0) throw new Error(`receipt-hash wants a configuration.\n\n${USAGE}`)
  const sources = files.map(readSource)
  if (receiptFile === undefined) {
    await list(sources)
    return true
  }
  const receipts = readReceipts(receiptFile).map((value) => {
    const receipt = readReceipt(isObject(value) && 'receivedAt' in value ? value.receipt : value)
    if (!receipt) throw new Error(`${receiptFile} holds something that is no receipt: ${JSON.stringify(value)}`)
    return receipt
  })
  return match(receipts, sources)
}

async function main(): Promise<boolean> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { receipt: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  })
  const [command, ...files] = positionals
  if (command === 'receipt-hash' && !values.help) return receiptHash(files, values.receipt)
  if (!values.help && command !== undefined) throw new Error(`there is no command "${command}".\n\n${USAGE}`)
  console.log(USAGE)
  return true
}

main().then(
  (isFine) => {
    process.exitCode = isFine ? 0 : 1
  },
  (error) => {
    // What parseArgs throws says what is wrong too.
    warn(why(error))
    process.exitCode = 2
  },
)
