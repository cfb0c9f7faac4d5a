// Baseline of a first visit: the same page with its tags inert, and no library. Subtracted from what is measured.
import { defineAdapter } from '../adapter.mjs'
import { glueAttrs, glueIframe } from '../glue.mjs'
import { plainTag, shell } from '../page.mjs'

export default defineAdapter({
  name: 'held',
  label: '(no library, nothing runs)',
  version: '',
  baseline: 'held',
  // Looked for as the buttons of the others are, so that looking costs the same.
  selectors: { reject: 'h1' },
  files: [],
  html: ({ scripts, iframe }) =>
    shell({ blocked: scripts.map((s) => plainTag(s, glueAttrs)).join('\n') + (iframe ? glueIframe(iframe) : '') }),
})
