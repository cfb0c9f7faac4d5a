import { Category, Service, Texts, Receipt, Consent } from './core.js';

/** What held from a moment on. */
interface Moment {
    /** Milliseconds since the page's start, as of `performance.now()`. */
    readonly at: number;
    readonly isDecided: boolean;
    /** Categories and services that were allowed. */
    readonly allowed: readonly (Category | Service)[];
}
/** What cannot be had later, when the panel's file has come. */
interface Early {
    /** Our own script tag, where there is one. */
    readonly tag: HTMLScriptElement | null;
    /** What was stored before us; nothing where the browser refuses. */
    readonly names: readonly [cookies: string, localStorage: readonly string[], sessionStorage: readonly string[]] | undefined;
    /** What the owner is told on the console. */
    readonly messages: readonly string[];
    /** Scripts that were in the page when Crumbgate began. */
    readonly scripts: readonly HTMLScriptElement[];
    /** Elements that have failed to load. */
    readonly failed: ReadonlySet<unknown>;
    /** What held, in the order of time. */
    readonly moments: Moment[];
    /** Listen to the console, again after `stop`. */
    listen(): void;
    stop(): void;
}

/** The texts that a visitor sees, the owner's first. */
interface Wording {
    /** BCP 47 tag of the language that they are in. */
    readonly lang: string;
    readonly dir: 'ltr' | 'rtl';
    readonly texts: Readonly<Texts>;
    /** Label of the button that refuses. */
    readonly reject: string;
    titleOf(category: Category): string;
    descriptionOf(category: Category): string;
}

/** A receipt as it is kept. */
interface Entry {
    readonly receipt: Receipt;
    /** Whether the site has yet to acknowledge it. */
    readonly due: boolean;
}
/** Where receipts are kept on the visitor's device: an entry each, so that tabs do not write over one another's. */
interface Shelf {
    /** Newest first, by the second, as texts that anybody may have changed. */
    texts(): string[];
    /** @param before what has to be there, else nothing is changed: `null` for nothing, left out for anything */
    put(entry: Entry, before?: Entry | null): void;
    /** Take away what an earlier configuration has kept, but not what another page may still have to send. */
    clear(): void;
}
/** What shows and sends receipts: {@link openReceipts}. */
interface Receipts {
    send(address: string): Promise<void>;
    view(wording: Wording): HTMLElement | string;
}

/** What waits in `(window.crumbgate ||= []).push(fn)`. */
type Task = (consent: Consent) => void;
/** `window.crumbgate` once the script has loaded: the consent object, and `push`, which calls back at once. */
interface CrumbgateGlobal extends Consent {
    push(...tasks: Task[]): void;
}
declare global {
    interface Window {
        crumbgate?: CrumbgateGlobal | Task[];
        crumbgateConfig?: unknown;
        crumbgateReceipts?: (consent: Consent, shelf: Shelf) => Receipts;
        crumbgateDebug?: (consent: Consent, early: Early) => void;
    }
}

export type { CrumbgateGlobal };
