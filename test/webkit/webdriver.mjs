import { spawn } from 'node:child_process'
import { aptInstall, which } from '../apt.mjs'
import { freePort } from '../port.mjs'

/**
 * A WebKit, driven by plain WebDriver: https://www.w3.org/TR/webdriver2/
 * @typedef {{
 *   visit(address: string): Promise<void>,
 *   evaluate(expression: string): Promise<any>,
 *   click(selector: string): Promise<void>,
 *   press(...keys: string[]): Promise<void>,
 *   remember(cookie: { name: string, value: string }, origin: string): Promise<void>,
 *   forgetCookies(): Promise<void>,
 *   close(): Promise<void>,
 * }} WebKit
 */

/** Why the tests in WebKit cannot run here; nothing where they can. */
export const whyNoWebKit = () =>
  which('WebKitWebDriver') && which('Xvfb')
    ? undefined
    : 'there is no WebKitGTK here (Debian: apt-get install webkit2gtk-driver xvfb)'

/** Have a WebKit if it can be had; else say that its tests are skipped, and why. */
export function wantWebKit() {
  if (whyNoWebKit()) aptInstall('webkit2gtk-driver', 'xvfb')
  if (whyNoWebKit()) console.log(`The tests in WebKit are skipped: ${whyNoWebKit()}`)
}

/** The keys of the tests: https://www.w3.org/TR/webdriver2/#keyboard-actions */
export const KEYS = { Tab: '\uE004', Enter: '\uE007', Escape: '\uE00C', Space: ' ', Shift: '\uE008' }

/** A display that nobody sees. */
function startDisplay() {
  return new Promise((resolve, reject) => {
    const display = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    })
    display.once('exit', () => reject(new Error('Xvfb has ended.')))
    display.stdio[3].once('data', (number) => resolve({ display, name: `:${`${number}`.trim()}` }))
  })
}

/** @returns {Promise<WebKit>} */
export async function startWebKit() {
  const { display, name } = await startDisplay()
  const port = await freePort()
  // Started by itself: what runs them both (xvfb-run) leaves orphans.
  const driver = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
    stdio: 'ignore',
    env: { ...process.env, DISPLAY: name, GDK_BACKEND: 'x11', LIBGL_ALWAYS_SOFTWARE: '1' },
  })
  let base = `http://127.0.0.1:${port}`

  async function ask(method, path, body) {
    const response = await fetch(base + path, { method, ...(body ? { body: JSON.stringify(body) } : {}) })
    const { value } = await response.json()
    if (!response.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`)
    return value
  }

  for (let tries = 0; ; tries += 1) {
    try {
      await ask('GET', '/status')
      break
    } catch (error) {
      if (tries > 100) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  const { sessionId } = await ask('POST', '/session', { capabilities: { alwaysMatch: {} } })
  base += `/session/${sessionId}`
  const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'

  return {
    visit: (url) => ask('POST', '/url', { url }),
    evaluate: (expression) => ask('POST', '/execute/sync', { script: `return (${expression})`, args: [] }),
    async click(selector) {
      const found = await ask('POST', '/element', { using: 'css selector', value: selector })
      await ask('POST', `/element/${found[ELEMENT]}/click`, {})
    },
    async press(...keys) {
      const down = keys.map((value) => ({ type: 'keyDown', value }))
      const up = keys.toReversed().map((value) => ({ type: 'keyUp', value }))
      await ask('POST', '/actions', { actions: [{ type: 'key', id: 'keys', actions: [...down, ...up] }] })
    },
    // A cookie can be set for the page that is open.
    async remember(cookie, origin) {
      await ask('POST', '/url', { url: `${origin}/frame/cookies` })
      await ask('POST', '/cookie', { cookie: { ...cookie, path: '/' } })
    },
    forgetCookies: () => ask('DELETE', '/cookie'),
    async close() {
      await ask('DELETE', '').catch(() => {})
      driver.kill('SIGKILL')
      display.kill('SIGKILL')
    },
  }
}
