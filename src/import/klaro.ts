import { flags, type Importer, type ImportOptions, parse } from './importer'

/** Klaro: its services as JSON in `klaro`, without a date. */
export const klaro = (options: ImportOptions = {}): Importer => ({
  tool: 'klaro',
  keys: [options.name ?? 'klaro'],
  days: 120,
  options,
  read(text) {
    const services = flags(parse(text))
    return Object.keys(services).length ? { services } : null
  },
})
