/** Frames by section: a caption, and the parameters of `frame.html`. */
const LANGUAGES =
  'bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv nb is uk tr ar he zh-Hans zh-Hant ja ko pt-BR hi'
const POSITIONS = ['bottom-start', 'bottom', 'bottom-end', 'top-start', 'top', 'top-end']
const STATES = {
  'The banner': { state: 'banner' },
  'With a cross that refuses': { state: 'banner', close: 'reject' },
  Preferences: { state: 'preferences' },
  'Preferences, expanded': { state: 'expanded' },
  'Preferences, services differ': { state: 'mixed' },
  'Preferences, receipts': { state: 'receipts' },
  'A held frame': { state: 'placeholder' },
  'The declaration': { state: 'declaration' },
  'The button that stays': { state: 'closed', button: 'start' },
}
const LOOKS = {
  Ink: { look: 'ink' },
  Paper: { look: 'paper', theme: 'light' },
  Harbour: { look: 'harbour', theme: 'light' },
  Meadow: { look: 'meadow', theme: 'light' },
  Night: { look: 'night', theme: 'dark' },
}
const REGIMES = {
  'Opt-out': { regime: 'opt-out' },
  'Opt-out, preferences': { regime: 'opt-out', state: 'preferences' },
  Notice: { regime: 'notice' },
  "Opt-out, honoured by the browser's signal": { regime: 'opt-out', gpc: 1, state: 'closed', button: 'start' },
  'Honoured, preferences': { regime: 'opt-out', gpc: 1, state: 'preferences' },
  'Honoured, opt-in': { gpc: 1 },
  'Honoured, the declaration': { regime: 'opt-out', gpc: 1, state: 'declaration' },
  'Opt-out, bar': { regime: 'opt-out', layout: 'bar' },
  'Opt-out, center': { regime: 'opt-out', layout: 'center' },
  'Notice, bar': { regime: 'notice', layout: 'bar' },
}
const SECTIONS = {
  Layouts: [
    ...POSITIONS.map((position) => [`Card, ${position}`, { layout: 'card', position }]),
    ['Bar, bottom', { layout: 'bar', position: 'bottom' }],
    ['Bar, top', { layout: 'bar', position: 'top' }],
    ['Center', { layout: 'center' }],
  ],
  Themes: Object.entries(LOOKS).flatMap(([name, look]) => [
    [name, look],
    [`${name}, preferences`, { ...look, state: 'expanded' }],
  ]),
  States: Object.entries(STATES),
  Regimes: Object.entries(REGIMES),
  Languages: LANGUAGES.split(' ').flatMap((lang) => [
    [lang, { lang }],
    [`${lang}, preferences`, { lang, state: 'expanded' }],
  ]),
}

const [template] = document.querySelectorAll('template')
let number = 0
for (const [title, frames] of Object.entries(SECTIONS)) {
  const section = document.createElement('section')
  section.id = title.toLowerCase()
  const heading = document.createElement('h2')
  heading.textContent = title
  section.append(heading)
  for (const [caption, parameters] of frames) {
    const figure = template.content.cloneNode(true)
    figure.querySelector('figcaption').textContent = caption
    const frame = figure.querySelector('iframe')
    frame.title = `${title}: ${caption}`
    number += 1
    frame.src = `frame.html?${new URLSearchParams({ ...parameters, number })}`
    section.append(figure)
  }
  document.querySelector('main').append(section)
}
