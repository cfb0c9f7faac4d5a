// Runs in the page before anything else. window.__hit(id) is for the scripts of third parties, window.__b for the driver.
;(() => {
  if (window !== window.top) {
    window.__hit = () => {}
    return
  }
  const now = () => performance.now()
  const probe = { hits: [], cls: 0, long: [], click: 0, t: {} }
  window.__b = probe

  let wanted = Number.POSITIVE_INFINITY
  let wake
  window.__hit = (id) => {
    probe.hits.push([id, now()])
    if (probe.hits.length >= wanted) wake()
  }
  probe.waitHits = (count, ms) =>
    new Promise((resolve) => {
      const enough = () => resolve(probe.hits.length >= count)
      if (probe.hits.length >= count) return enough()
      wanted = count
      wake = enough
      setTimeout(enough, ms)
    })

  /** 'a >>> b' looks for b in the shadow root of a. */
  function find(selector) {
    let scope = document
    let found = null
    for (const part of selector.split('>>>')) {
      found = scope?.querySelector(part.trim()) ?? null
      scope = found?.shadowRoot ?? found
    }
    return found
  }
  const outer = (node) => node.assignedSlot ?? node.parentNode ?? node.host ?? null
  const within = (element, node) => {
    for (let at = node; at; at = outer(at)) if (at === element) return true
    return false
  }
  function hitTest(x, y) {
    let element = document.elementFromPoint(x, y)
    for (;;) {
      const inner = element?.shadowRoot?.elementFromPoint(x, y)
      if (!inner || inner === element) return element
      element = inner
    }
  }
  function opacity(element) {
    let product = 1
    for (let at = element; at; at = outer(at))
      if (at.nodeType === Node.ELEMENT_NODE) product *= Number(getComputedStyle(at).opacity)
    return product
  }
  /** The centre of the element where a click would hit it and it is not fully transparent, else null. */
  probe.visible = (selector) => {
    const element = find(selector)
    const { left = 0, top = 0, width = 0, height = 0 } = element?.getBoundingClientRect() ?? {}
    if (!width || !height) return null
    const point = { x: left + width / 2, y: top + height / 2 }
    return within(element, hitTest(point.x, point.y)) && opacity(element) > 0.01 ? point : null
  }

  const afterPaint = (act) => {
    const channel = new MessageChannel()
    channel.port1.onmessage = () => act(now())
    channel.port2.postMessage(0)
  }

  // When can Reject be clicked, and when does it no longer move?
  const { reject } = window.__sel
  if (reject) {
    let last = ''
    let same = 0
    const step = () => {
      const point = document.body && probe.visible(reject)
      if (point) {
        if (!probe.t.actionable) {
          probe.t.actionable = -1
          afterPaint((time) => {
            probe.t.actionable = time
          })
        }
        const seen = opacity(find(reject))
        const key = `${point.x.toFixed(1)},${point.y.toFixed(1)},${seen.toFixed(3)}`
        if (key !== last || seen <= 0.99) same = 0
        else {
          if (same === 0) probe.t.settled = now()
          same += 1
        }
        last = key
        if (same >= 3 && probe.t.actionable > 0) {
          probe.done?.(true)
          return
        }
      }
      requestAnimationFrame(step)
    }
    requestAnimationFrame(step)
  }
  probe.ready = (ms) =>
    new Promise((resolve) => {
      if (probe.t.settled) return resolve(true)
      probe.done = resolve
      setTimeout(() => resolve(false), ms)
    })

  const observe = (type, act) =>
    new PerformanceObserver((list) => {
      list.getEntries().forEach(act)
    }).observe({ type, buffered: true })
  observe('layout-shift', (entry) => {
    if (!entry.hadRecentInput) probe.cls += entry.value
  })
  observe('longtask', (entry) => {
    probe.long.push([entry.startTime, entry.duration])
  })
  // Event Timing says nothing where no frame is presented.
  addEventListener(
    'click',
    (event) => {
      probe.click = event.timeStamp
      requestAnimationFrame(() =>
        afterPaint((time) => {
          probe.nextPaint = time - event.timeStamp
        }),
      )
    },
    true,
  )
})()
//# sourceURL=bench-probe.js
