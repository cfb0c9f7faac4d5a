// @ts-check
import { h } from './dom.js'
import { LANGUAGES } from './library.js'
import { COLOURS, coloursOf, SIZES } from './look.js'
import { OPTIONAL, usual } from './options.js'
import { SIGNALS } from './snippet.js'
import { list, own } from './state.js'

/** @typedef {import('./state.js').State} State */
/** @typedef {{ state: State, ready: import('./warnings.js').Ready, texts: Record<string, string>, looks: Record<string, Record<string, string>> }} Model */

/** @param {string} label @param {HTMLElement} control @param {string} [hint] */
const field = (label, control, hint) =>
  h('label', { class: 'field' }, h('span', {}, label), control, ...(hint ? [h('small', {}, hint)] : []))

/** @param {Model} model @param {string} key @param {string} label @param {Record<string, string>} [more] @param {string} [hint] */
const input = ({ state }, key, label, more = {}, hint) =>
  field(label, h('input', { name: key, value: state[key] ?? '', autocomplete: 'off', ...more }), hint)

/** @param {Model} model @param {string} key @param {string} label @param {[value: string, label: string][]} options */
const select = ({ state }, key, label, options) =>
  field(
    label,
    h(
      'select',
      { name: key },
      ...options.map(([value, text]) => h('option', { value, selected: (state[key] ?? '') === value }, text)),
    ),
  )

/** @param {string} group @param {string} value @param {string} label @param {boolean} checked */
const check = (group, value, label, checked) =>
  h(
    'label',
    { class: 'check' },
    h('input', { type: 'checkbox', 'data-list': group, value, checked }),
    h('span', {}, label),
  )

/** @param {string} title @param {...(Node | string)} children */
const section = (title, ...children) => h('fieldset', {}, h('legend', {}, h('h2', {}, title)), ...children)
/** @param {string} id @param {string} title @param {...(Node | string)} children */
const more = (id, title, ...children) =>
  h('details', { 'data-id': id }, h('summary', {}, title), h('div', { class: 'inside' }, ...children))

/** @param {Model} model @param {'category' | 'service'} kind @param {[field: string, label: string][]} fields */
function owned(model, kind, fields) {
  const categories = [...usual(model.state), 'necessary', ...Object.keys(own(model.state, 'category'))]
  const entries = Object.keys(own(model.state, kind)).map((key) =>
    h(
      'div',
      { class: 'entry', role: 'group', 'aria-label': key },
      h(
        'div',
        { class: 'head' },
        h('strong', {}, key),
        h('button', { type: 'button', 'data-remove': `${kind}.${key}.` }, `Remove ${key}`),
      ),
      ...fields.map(([name, label]) => {
        const at = `${kind}.${key}.${name}`
        if (name === 'category')
          return select(
            model,
            at,
            label,
            categories.map((one) => [one, one]),
          )
        return name === 'basis' ? basis(model, at, label) : input(model, at, label)
      }),
    ),
  )
  return [
    ...entries,
    adder(kind, `Key of a new ${kind}`, kind === 'service' ? 'films' : 'maps', 'a to z, digits and -'),
  ]
}

/** @param {'category' | 'service' | 'region'} kind @param {string} label @param {string} placeholder @param {string} hint */
const adder = (kind, label, placeholder, hint) =>
  h(
    'div',
    { class: 'add' },
    field(label, h('input', { 'data-new': kind, placeholder, autocomplete: 'off' }), hint),
    h('button', { type: 'button', 'data-add': kind }, `Add ${kind}`),
  )

/** Regions that many have rules for. */
const REGIONS = ['US-CA', 'US', 'JP']

/** @param {Model} model */
const regionsOf = ({ state }) => [
  ...new Set([...REGIONS, ...Object.keys(state).flatMap((key) => /^regions\.([^*].*)$/.exec(key)?.[1] ?? []), '*']),
]

/** @param {Model} model @param {string} key @param {string} label */
const basis = (model, key, label) =>
  select(model, key, label, [
    ['', 'consent: off until it is allowed'],
    ['objection', 'objection: on until it is refused'],
    ['necessary', 'necessary: always on'],
  ])

/** @param {Model} model @param {'light' | 'dark'} mode */
const colours = (model, mode) =>
  h(
    'div',
    { class: 'colours', role: 'group', 'aria-label': `Colours, ${mode}` },
    h('h3', {}, mode === 'light' ? 'Light' : 'Dark'),
    ...COLOURS.map((name) => {
      const now = Object.entries(coloursOf(model.state, mode)).find(([key]) => key === name)?.[1] ?? '#000000'
      return field(name, h('input', { type: 'color', name: `${mode}.${name}`, value: now.slice(0, 7) }))
    }),
    h('button', { type: 'button', 'data-remove': `${mode}.` }, `Default ${mode} colours`),
  )

/** @param {Model} model @returns {Node[]} the whole form; the five that most owners want first */
export function formOf(model) {
  const { state, ready, texts, looks } = model
  const chosen = list(state, 'services')
  const names = new Intl.DisplayNames(['en'], { type: 'language' })
  const regimes = ['opt-in', 'opt-out', 'notice', 'none']
  const same = (/** @type {Record<string, string>} */ look) =>
    Object.entries(look).every(([key, value]) => state[key] === value) &&
    Object.keys(state).every((key) => !/^(light\.|dark\.|radius$|space$|width$|font$)/.test(key) || key in look)
  return [
    section(
      'Addresses',
      input(model, 'policy', 'Privacy policy', { placeholder: '/privacy', inputmode: 'url' }),
      input(model, 'files', 'Where you put the files', { placeholder: '/crumbgate/', inputmode: 'url' }),
    ),
    section(
      'Look',
      h(
        'div',
        { class: 'looks' },
        ...Object.entries(looks).map(([name, look]) =>
          h(
            'button',
            { type: 'button', 'data-look': name, 'aria-pressed': String(same(look)) },
            name[0]?.toUpperCase() + name.slice(1),
          ),
        ),
      ),
      h(
        'div',
        { class: 'row' },
        select(model, 'layout', 'Layout', [
          ['', 'Card'],
          ['bar', 'Bar'],
          ['center', 'Center'],
        ]),
        select(model, 'position', 'Position', [
          ['', 'Bottom start'],
          ['bottom', 'Bottom'],
          ['bottom-end', 'Bottom end'],
          ['top-start', 'Top start'],
          ['top', 'Top'],
          ['top-end', 'Top end'],
        ]),
        select(model, 'theme', 'Theme', [
          ['', 'Visitor’s'],
          ['light', 'Light'],
          ['dark', 'Dark'],
        ]),
      ),
    ),
    section(
      'Categories',
      check('categories', 'necessary', texts.necessary ?? 'Necessary', true),
      ...OPTIONAL.map((key) => check('categories', key, texts[key] ?? key, usual(state).includes(key))),
    ),
    section(
      'Services',
      h(
        'p',
        { class: 'hint' },
        `${Object.keys(ready).length} ready-made ones, with their cookies. Others are added below.`,
      ),
      h(
        'div',
        { class: 'services' },
        ...['necessary', ...OPTIONAL].map((category) => {
          const mine = Object.entries(ready).filter(([, service]) => service.category === category)
          if (mine.length === 0) return ''
          return h(
            'div',
            { role: 'group', 'aria-label': texts[category] ?? category },
            h('h3', {}, texts[category] ?? category),
            ...mine.map(([key, { title = key }]) => check('services', key, title, chosen.includes(key))),
          )
        }),
      ),
    ),
    section(
      'Language',
      select(model, 'lang', 'Language of the dialog', [
        ['', 'The page’s own'],
        ...LANGUAGES.map((tag) => /** @type {[string, string]} */ ([tag, names.of(tag) ?? tag])),
      ]),
    ),
    h('h2', {}, 'More'),
    more(
      'colours',
      'Colours, sizes and font',
      colours(model, 'light'),
      colours(model, 'dark'),
      h(
        'div',
        { class: 'row' },
        ...SIZES.map((name) => input(model, name, `${name}, px`, { type: 'number', min: '0', max: '9999' })),
      ),
      input(model, 'font', 'Font', { placeholder: 'Georgia, serif' }),
    ),
    more(
      'buttons',
      'Buttons',
      select(model, 'button', 'Button that stays on the page', [
        ['', 'None'],
        ['start', 'At the start'],
        ['end', 'At the end'],
      ]),
      select(model, 'close', 'Cross on the banner', [
        ['', 'None'],
        ['reject', 'One that refuses'],
      ]),
    ),
    more(
      'categories',
      'Categories of your own, and what allows them',
      basis(model, 'basis.functional', texts.functional ?? 'functional'),
      basis(model, 'basis.performance', texts.performance ?? 'performance'),
      ...owned(model, 'category', [
        ['title', 'Title'],
        ['description', 'Description'],
        ['basis', 'Basis'],
      ]),
    ),
    more(
      'services',
      'Services of your own',
      ...owned(model, 'service', [
        ['category', 'Category'],
        ['title', 'Title'],
        ['provider', 'Provider'],
        ['purpose', 'Purpose'],
        ['cookies', 'Cookies, such as _film*'],
        ['lifetimes', 'Lifetimes in days, such as _film*:90'],
        ['localStorage', 'Keys in localStorage'],
        ['sessionStorage', 'Keys in sessionStorage'],
        ['indexedDB', 'IndexedDB databases'],
        ['caches', 'Caches of Cache Storage'],
      ]),
    ),
    more(
      'texts',
      'Texts',
      ...Object.entries(texts).map(([name, text]) => input(model, `text.${name}`, name, { placeholder: text })),
    ),
    more(
      'law',
      'Law and regions',
      select(
        model,
        'regime',
        'For all visitors',
        regimes.map((regime) => [regime === 'opt-in' ? '' : regime, regime]),
      ),
      input(
        model,
        'region',
        'Where the visitor is',
        { placeholder: 'cookie:region' },
        'cookie:name, meta:name, or a region',
      ),
      ...regionsOf(model).map((region) =>
        select(model, `regions.${region}`, region === '*' ? 'All others (*)' : region, [
          ['', 'No rule'],
          ...regimes.map((one) => /** @type {[string, string]} */ ([one, one])),
        ]),
      ),
      adder('region', 'Another region', 'CA-QC', 'ISO 3166: a country, or a country and its part'),
    ),
    more(
      'signals',
      'Vendors to tell, and browser signals',
      ...SIGNALS.map((name) => check('signals', name, name, list(state, 'signals').includes(name))),
    ),
    more(
      'time',
      'How long a choice holds',
      input(model, 'acceptDays', 'An acceptance, in days', { type: 'number', placeholder: '365' }, '1 to 365'),
      input(model, 'refuseDays', 'A refusal, in days', { type: 'number', placeholder: '183' }, '183 to 400'),
      input(model, 'revision', 'Revision', { type: 'number', min: '0', placeholder: '0' }),
      select(model, 'reask', 'A new revision asks', [
        ['', 'those who had allowed something'],
        ['everyone', 'everyone'],
      ]),
    ),
    more(
      'receipts',
      'Proof of consent',
      h(
        'label',
        { class: 'check' },
        h('input', { type: 'checkbox', 'data-receipts': true, checked: Boolean(state.receipts) }),
        h('span', {}, 'Keep receipts on the visitor’s device'),
      ),
      field(
        'and send them to',
        h('input', {
          'data-address': true,
          value: state.receipts === 'on' ? '' : (state.receipts ?? ''),
          placeholder: '/consent',
        }),
      ),
    ),
  ]
}
