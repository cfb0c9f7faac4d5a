import type { Config, Consent, Dialog, DialogContext, DialogFactory, HeldFrame, View } from '../types'

/** What is shown to the visitor. Loads the dialog when it is first needed. */
export interface Screen {
  /** @param isInstant without motion: scripts are about to start */
  show(view: View | null, isInstant?: boolean): void
  /** Back to what showed before the preferences. */
  back(): void
  open(view: View): void
  announce(): void
  /** Load the dialog, so that what it keeps on the page is there. */
  prepare(): void
  /** The language that the dialog is in, once it has been shown. */
  lang(): string | undefined
  /** Show in a held frame what it is and how to get it. */
  hold(held: HeldFrame): void
  /** The page has been written anew: show again what was to be seen. */
  renew(): void
  destroy(): void
}

export interface ScreenOptions {
  readonly load: ((config: Config) => DialogFactory | Promise<DialogFactory>) | undefined
  readonly consent: () => Consent
  readonly context: Omit<DialogContext, 'back'>
  /** Whether it keeps something on the page while nothing is open. */
  stays(): boolean
  changed(name: 'open' | 'close', view: View): void
}

export function createScreen({ load, consent, context, stays, changed }: ScreenOptions): Screen {
  let loading: Promise<Dialog | undefined> | undefined
  let lang: string | undefined
  let view: View | null = null
  let origin: View | null = null
  let isOver = false

  /** Do something with the dialog; asked for again after it could not be loaded, it is loaded again. */
  function use(act: (dialog: Dialog) => void): void {
    if (!load || isOver) return
    loading ??= Promise.resolve()
      .then(() => load(consent().config))
      .then((create) => {
        const dialog = create(consent(), { ...context, back })
        lang = dialog.lang
        return dialog
      })
      .catch((error) => {
        loading = undefined
        if (view) changed('close', view)
        view = null
        context.report(`the dialog cannot be shown, so nothing optional is allowed. ${error}`)
        return undefined
      })
    loading.then((dialog) => dialog && act(dialog)).catch((error) => context.report(`the dialog has failed. ${error}`))
  }

  function show(next: View | null, isInstant?: boolean): void {
    const previous = view
    if (isOver || (!next && !loading)) return
    view = next
    // Also what shows already: the page may have thrown it out.
    use((dialog) => dialog.show(view, isInstant))
    if (next === previous) return
    if (previous) changed('close', previous)
    if (next) changed('open', next)
  }

  const back = () => show(origin)
  const prepare = () => use((dialog) => dialog.show(view))

  return {
    show,
    back,
    open(next) {
      if (next !== view) origin = view
      show(next)
    },
    prepare,
    lang: () => lang,
    announce: () => loading && use((dialog) => dialog.announce()),
    hold: (held) => use((dialog) => dialog.hold(held)),
    renew() {
      if (!loading) return
      loading.then((dialog) => dialog?.destroy())
      loading = undefined
      if (view || stays()) prepare()
    },
    destroy() {
      loading?.then((dialog) => dialog?.destroy())
      isOver = true
    },
  }
}
