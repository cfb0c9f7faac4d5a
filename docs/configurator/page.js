// @ts-check
import { byId, h } from './dom.js'
import { formOf } from './form.js'
import { readyServices, textsOf } from './library.js'
import { looksIn } from './look.js'
import { usual } from './options.js'
import { previewIn } from './preview.js'
import { piecesOf } from './snippet.js'
import { change, decode, encode, isRight, list } from './state.js'
import { warningsOf } from './warnings.js'

/** @typedef {import('./state.js').State} State */

const LOOK = /^(light\.|dark\.|radius$|space$|width$|font$)/
const form = byId('form')
const stage = byId('stage')
const ready = await readyServices()
const looks = looksIn(await (await fetch('looks.css')).text())
const showPreview = previewIn(stage, (problems) => {
  byId('problems').replaceChildren(...problems.map((text) => h('li', {}, text)))
  byId('refused').hidden = problems.length === 0
})

/** @type {State} */
let state = {}
let texts = await textsOf('en')
/** @type {Element | undefined} */
let typed
const seen = { view: 'banner', mode: '' }

/** @param {boolean} isAll whether the form's own fields are to be made anew */
function render(isAll) {
  if (isAll) {
    const open = new Set([...form.querySelectorAll('details[open]')].map((one) => one.getAttribute('data-id')))
    const controls = () => [...form.querySelectorAll('input, select, button, summary')]
    const { activeElement } = document
    const at = activeElement ? controls().indexOf(activeElement) : -1
    form.replaceChildren(...formOf({ state, ready, texts, looks }))
    for (const details of form.querySelectorAll('details')) details.open = open.has(details.dataset.id ?? '')
    const again = controls()[at]
    if (again instanceof HTMLElement) again.focus({ preventScroll: true })
  }
  const warnings = warningsOf(state, ready)
  byId('count').textContent = String(warnings.length)
  // What cannot be read is not to be overlooked.
  if (warnings.some(({ source }) => source.startsWith('WCAG'))) byId('known').setAttribute('open', '')
  byId('warnings').replaceChildren(
    ...warnings.map(({ what, todo, href, source }) =>
      h('li', {}, h('p', {}, what), h('p', {}, `${todo} `, h('a', { href }, source))),
    ),
  )
  byId('pieces').replaceChildren(
    ...piecesOf(state, ready)
      .filter(({ text }) => text)
      .map(({ id, title, text }) =>
        h(
          'div',
          { class: 'piece' },
          h(
            'div',
            { class: 'head' },
            h('h3', {}, title),
            h('button', { type: 'button', 'data-copy': id, 'aria-label': `Copy: ${title}` }, 'Copy'),
          ),
          h('pre', { id, tabindex: '0', role: 'region', 'aria-label': title }, h('code', {}, text)),
        ),
      ),
  )
  showPreview(state, seen)
}

/** @param {State} next @param {boolean} isAll @param {'push' | 'replace'} step whether Back leads to what was before */
async function go(next, isAll, step = 'push') {
  const isOther = next.lang !== state.lang
  state = next
  const hash = encode(state)
  if (hash !== location.hash.slice(1)) {
    history[`${step}State`](null, '', hash ? `#${hash}` : location.pathname + location.search)
  }
  if (isOther) texts = await textsOf(state.lang ?? 'en')
  render(isAll || isOther)
}

async function read() {
  const { state: found, dropped } = decode(location.hash)
  const unknown = list(found, 'services').filter((key) => !Object.hasOwn(ready, key))
  const known = list(found, 'services').filter((key) => Object.hasOwn(ready, key))
  const lost = [...dropped, ...unknown]
  byId('dropped').hidden = lost.length === 0
  byId('dropped').textContent = `Not understood in the address, and left out: ${lost.join(', ')}`
  await go(change(found, 'services', known.join(',')), true, 'replace')
}

/** @param {string} group @param {string} value @param {boolean} isOn */
function toggle(group, value, isOn) {
  const before = group === 'categories' ? usual(state) : list(state, group)
  const after = isOn ? [...before, value] : before.filter((one) => one !== value)
  if (group !== 'categories') return change(state, group, after.join(','))
  const all = ['functional', 'performance', 'marketing'].filter((key) => after.includes(key))
  return change(state, group, all.length === 3 ? '' : all.join(',') || 'none')
}

/** @param {Event} event */
function take({ target, type }) {
  if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return
  // Typing is one step for Back, however many letters it has.
  const step = target === typed ? 'replace' : 'push'
  typed = type === 'change' ? undefined : target
  const group = target.dataset.list
  if (group && target instanceof HTMLInputElement) {
    if (target.value === 'necessary') target.checked = true
    else if (type === 'change') go(toggle(group, target.value, target.checked), true)
  } else if ('receipts' in target.dataset || 'address' in target.dataset) {
    const address = form.querySelector('[data-address]')
    const box = form.querySelector('[data-receipts]')
    if (!(address instanceof HTMLInputElement && box instanceof HTMLInputElement)) return
    if ('address' in target.dataset) box.checked = address.value !== '' || box.checked
    go(change(state, 'receipts', box.checked ? address.value || 'on' : ''), false, step)
  } else if (target.name) {
    const { value, name } = target
    const isWrong = value !== '' && !isRight(name, value)
    target.setAttribute('aria-invalid', String(isWrong))
    const isAll = type === 'change' && (target.type === 'color' || target instanceof HTMLSelectElement)
    if (!isWrong) go(change(state, name, value), isAll, step)
  }
}

/** @param {string} kind */
function add(kind) {
  const field = form.querySelector(`[data-new="${kind}"]`)
  if (!(field instanceof HTMLInputElement)) return
  const [key, value] =
    kind === 'service'
      ? [`service.${field.value}.category`, usual(state).at(-1) ?? 'necessary']
      : kind === 'region'
        ? [`regions.${field.value.trim().toUpperCase()}`, 'opt-in']
        : [`category.${field.value}.title`, field.value]
  if (!isRight(key, value)) {
    field.setAttribute('aria-invalid', 'true')
    field.focus()
  } else if (!(key in state)) go({ ...state, [key]: value }, true)
}

/** @param {string} id */
async function copy(id) {
  const text = byId(id).textContent ?? ''
  try {
    await navigator.clipboard.writeText(text)
    byId('said').textContent = 'Copied.'
  } catch {
    getSelection()?.selectAllChildren(byId(id))
    byId('said').textContent = 'It is selected: copy it with your keyboard.'
  }
}

/** @param {Event} event */
function press({ target }) {
  const button = target instanceof Element ? target.closest('button') : null
  if (!button) return
  const { look, remove, add: kind, copy: id, view, mode, width } = button.dataset
  const without = (/** @type {(key: string) => boolean} */ goes) =>
    Object.fromEntries(Object.entries(state).filter(([key]) => !goes(key)))
  if (look) go({ ...without((key) => LOOK.test(key)), ...looks[look] }, true)
  if (remove)
    go(
      without((key) => key.startsWith(remove)),
      true,
    )
  if (kind) add(kind)
  if (id) copy(id)
  if (button.id === 'reset') go({}, true)
  if (view) seen.view = view
  if (mode !== undefined) seen.mode = mode
  if (width !== undefined) stage.dataset.width = width
  if (view || mode !== undefined || width !== undefined) {
    for (const other of button.parentElement?.querySelectorAll('button') ?? []) {
      other.setAttribute('aria-pressed', String(other === button))
    }
    showPreview(state, seen)
  }
}

form.addEventListener('input', take)
form.addEventListener('change', take)
form.addEventListener('submit', (event) => event.preventDefault())
document.addEventListener('click', press)
addEventListener('popstate', read)
await read()
document.documentElement.dataset.ready = ''
