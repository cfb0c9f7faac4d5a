// What the source has names for and no docstring. `reference.mjs` compares both ways: a name that is new or gone fails the build.

/** Attributes that are read in a page's markup. */
export const ATTRIBUTES = {
  'data-consent':
    'what the element waits for: a category; several with a space (all) or `|` (any); `!` before one that has to be refused',
  'data-service': 'the one service of that category that decides',
  'data-type': 'real type of a held script, where it is not a classic one: `module`, `importmap`, `speculationrules`',
  'data-src': 'what becomes `src`',
  'data-srcset': 'what becomes `srcset`',
  'data-href': 'what becomes `href`, of a `link`',
  'data-srcdoc': 'what becomes `srcdoc`, of an `iframe`',
  'data-data': 'what becomes `data`, of an `object`',
  'data-consent-open':
    'on any link or button: opens the preferences. With the value `opt-out` and `hidden` it shows only under that regime',
  'data-debug':
    'on the Crumbgate tag: opens the [debug panel](debug.md). So does `?crumbgate-debug` in the address, on your own machine',
  'data-crumbgate': 'on `<script type="application/json">`: the block of options, before the Crumbgate tag',
}

/** Events on `document`: the detail, and when. */
export const EVENTS = {
  ready: [
    '`choice`',
    'once, when the page has been brought in line with the stored choice; before the banner comes up',
  ],
  open: ['`view`: `banner` or `preferences`', 'one of them has come up; with `crumbgate/core`, has been asked for'],
  close: ['`view`', 'it is gone'],
  change: [
    '`choice`, `previous`, `leftovers`',
    'once for each decision, here or in another tab, after vendors have been told and what is refused has been deleted; `leftovers` are what could not be, such as `cookies: _ga`',
  ],
  destroy: ['', 'Crumbgate leaves the page'],
  beforereload: [
    'as of `change`',
    'a withdrawal is about to reload the page, since scripts of it have run; `preventDefault()` keeps the page',
  ],
}

/** Names in `data-crumb`: what is whose. */
export const PARTS = {
  host: 'the element that holds banner and preferences, before `<body>`',
  banner: 'the first layer',
  preferences: 'the second layer, a `<dialog>`',
  head: 'its head, with the title',
  body: 'its middle, which scrolls',
  message: 'title and sentences of the banner, or of a held frame',
  actions: 'a row of buttons',
  accept: 'Accept all',
  reject: 'Reject all; under `opt-out` “Do not sell or share my personal information”',
  settings: 'Settings; in the declaration also “Change”',
  save: 'Save choices',
  close: 'the cross',
  policy: 'the link to the privacy policy',
  categories: 'the list of categories',
  category: 'one of them; in the declaration its section',
  name: 'its name',
  basis: 'beside it: “Always on”, “On unless refused”',
  service: 'one service, or one receipt, in the preferences',
  receipts: 'the list of earlier decisions',
  download: 'saves it as a file',
  honoured: 'says that the signal of the browser is honoured',
  status: 'what is said to screen readers',
  reopen: 'the small button in the corner',
  placeholder: 'what a held frame shows',
  once: '“Load this once”',
  always: '“Always allow”',
  declaration: 'everything in a `<crumb-table>`',
  choice: 'its section on the visitor’s choice',
  state: 'beside a category or service there: allowed or refused',
  withdraw: 'Withdraw',
}

/** What each `--crumb-*` property is for. */
export const PROPERTIES = {
  '--crumb-ink': 'titles, links, the focus ring',
  '--crumb-paper': 'behind everything',
  '--crumb-muted': 'sentences',
  '--crumb-line': 'hairlines',
  '--crumb-accent': 'buttons and switches',
  '--crumb-on-accent': 'what is written on them',
  '--crumb-radius': 'corners',
  '--crumb-space': 'inside and around it',
  '--crumb-width': 'of a card; another in the center',
  '--crumb-font': 'the typeface',
  '--crumb-z': 'where the browser has no top layer (popover)',
}
