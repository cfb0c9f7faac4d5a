/** How a choice came about. `import` is a choice taken over from another consent tool. */
type Method = 'accept' | 'reject' | 'custom' | 'import';
/**
 * What the law where the visitor is asks for. `opt-in`: optional categories are off until they are allowed. `opt-out`: on
 * until they are refused, with "Do not sell or share my personal information". `notice`: the same, and the banner only
 * informs. `none`: the same, without a banner.
 */
type Regime = 'opt-in' | 'opt-out' | 'notice' | 'none';
/** What the dialog shows: the banner (first layer) or the preferences (second layer). */
type View = 'banner' | 'preferences';
/** A visitor's decision. Frozen; a new decision is a new record. */
interface ConsentRecord {
    /** 32 random hexadecimal digits, new with every decision; its {@link Receipt} has the same. */
    readonly id: string;
    /** Since when something has been allowed without a break, else the same as `updatedAt`: milliseconds since 1970, whole seconds. */
    readonly at: number;
    /** When the latest decision was made: milliseconds since 1970, whole seconds. Lifetimes count from here. */
    readonly updatedAt: number;
    /** The `revision` of the configuration that the visitor was shown. */
    readonly revision: number;
    readonly method: Method;
    /** What held where and when the decision was made. Grants of another regime do not count as consent under `opt-in`. */
    readonly regime: Regime;
    /** Names of the browser signals, such as `gpc`, that asked for an opt-out when the visitor decided all the same. */
    readonly signals: readonly string[];
    /** Categories that the visitor allowed. Those that are always on are never listed: they are no choice. */
    readonly granted: readonly string[];
    /** Categories that the visitor was asked about and did not allow. */
    readonly denied: readonly string[];
    /** Every service the visitor was asked about, `true` where allowed. */
    readonly services: Readonly<Record<string, boolean>>;
    /** Language of the texts that were shown, a BCP 47 tag such as `en` or `pt-BR`. */
    readonly locale: string;
    /** Only of an imported choice: when the tool that it was given to would have asked again. Milliseconds since 1970, whole seconds. */
    readonly until?: number;
}
/**
 * Proof of one decision: what was decided, and on what. Says nothing of who decided, but that the same number is in the
 * visitor's cookie until the next decision.
 */
interface Receipt {
    /** Of this format. */
    readonly version: 1;
    /** The decision's {@link ConsentRecord.id}. */
    readonly id: string;
    /** When, by the visitor's clock: such as `2026-11-24T10:00:00Z`. */
    readonly at: string;
    readonly revision: number;
    /**
     * SHA-256 (hexadecimal) of the texts and services that the visitor had before them: `npx crumbgate receipt-hash` makes it
     * from a configuration. `null` where nothing of ours was open, or the page could not make one (it is not on https).
     */
    readonly hash: string | null;
    readonly locale: string;
    readonly regime: Regime;
    readonly signals: readonly string[];
    readonly method: Method;
    readonly granted: readonly string[];
    readonly denied: readonly string[];
    /** Every service that the visitor was asked about, `true` where allowed. */
    readonly services: Readonly<Record<string, boolean>>;
}
/** One category of the dialog. The four usual ones need no options; any other needs both. */
interface CategoryOptions {
    /** Name shown to the visitor. */
    title?: string | undefined;
    /** One plain sentence: what these cookies do. */
    description?: string | undefined;
    /**
     * What allows it. `consent` (default): off until the visitor allows it. `objection`: on until the visitor refuses it,
     * for what the law where you are exempts from consent but not from an objection. `necessary`: always on, no choice.
     * `necessary` itself is always that, and `marketing` always needs consent. Under another regime than `opt-in` what needs
     * consent is on until it is refused.
     */
    basis?: 'consent' | 'objection' | 'necessary' | undefined;
}
/** One third party or feature: which category decides about it, and what it leaves on the visitor's device. */
interface ServiceOptions {
    /** Key of the category that it belongs to. */
    category: string;
    /** Name shown to the visitor; the key if left out. */
    title?: string | undefined;
    /** What it is used for, one plain sentence. */
    purpose?: string | undefined;
    /** The company behind it. */
    provider?: string | undefined;
    /** Cookie names that are deleted when the service is refused; `*` stands for any text. */
    cookies?: readonly string[] | undefined;
    /** localStorage keys that are deleted when the service is refused; `*` stands for any text. */
    localStorage?: readonly string[] | undefined;
    /** sessionStorage keys that are deleted when the service is refused; `*` stands for any text. */
    sessionStorage?: readonly string[] | undefined;
    /** IndexedDB database names that are deleted when the service is refused; `*` stands for any text. */
    indexedDB?: readonly string[] | undefined;
    /** Cache Storage names that are deleted when the service is refused; `*` stands for any text. */
    caches?: readonly string[] | undefined;
    /** Name of the {@link Signal} that tells this service of the choice, such as `google`. */
    signal?: string | undefined;
    /** Days that a cookie lasts, by its name as written in `cookies`; 0 for one that goes with the browser session. */
    lifetimes?: Readonly<Record<string, number>> | undefined;
}
/** Where a service leaves traces: the list options of {@link ServiceOptions}. */
type Trace = 'cookies' | 'localStorage' | 'sessionStorage' | 'indexedDB' | 'caches';
/**
 * Every text that a visitor sees. Markup in them is shown, not interpreted; `intro`, `preferencesIntro`, descriptions and
 * purposes may hold `[a link](/privacy)`, `*emphasis*` and `**strong emphasis**`.
 */
interface Texts {
    title: string;
    intro: string;
    /** Label of the link to the privacy policy. */
    policy: string;
    accept: string;
    reject: string;
    settings: string;
    save: string;
    close: string;
    preferencesTitle: string;
    preferencesIntro: string;
    /** In the preferences, while something is allowed and a withdrawal may reload the page. */
    reloads: string;
    /** Beside a category that is not a choice. */
    alwaysOn: string;
    /** Beside a category that is on unless the visitor objects. */
    unlessRefused: string;
    /** Label of a category's disclosure; `{n}` is the number of its services. */
    services: string;
    /** Where a service's traces are listed; `{names}` are their names. */
    stores: string;
    /** Said to screen readers after a choice. */
    saved: string;
    /** In the preferences: label of the list of earlier decisions; `{n}` is how many. */
    receipts: string;
    /** Under that list: saves it as a file. */
    download: string;
    /** In a held frame; `{name}` is the service, or the frame's title. */
    heldTitle: string;
    /** In a held frame; `{names}` are the categories that it needs. */
    heldText: string;
    once: string;
    always: string;
    necessary: string;
    necessaryText: string;
    functional: string;
    functionalText: string;
    performance: string;
    performanceText: string;
    marketing: string;
    marketingText: string;
    /** Added to `intro` where optional categories are on until they are refused. */
    onByDefault: string;
    /** Label of the button that refuses, under `opt-out`. */
    optOut: string;
    /** Label of the banner's button that accepts, under `opt-out` and `notice`. */
    ok: string;
    /** While a signal of the browser, such as Global Privacy Control, is honoured. */
    honoured: string;
    /** In the declaration, above the visitor's choice. */
    choice: string;
    /** In the declaration; `{date}` is the day of the decision, in the language's own notation. */
    decided: string;
    /** In the declaration, while there is no choice. */
    undecided: string;
    /** In the declaration; `{id}` is the random number of the choice. */
    reference: string;
    allowed: string;
    refused: string;
    change: string;
    withdraw: string;
    /** Heads of the declaration's columns. */
    service: string;
    provider: string;
    purpose: string;
    stored: string;
    lifetime: string;
    /** Lifetime of what goes with the tab or the browser. */
    session: string;
    /** Lifetime of what stays until somebody deletes it. */
    lasting: string;
    /** What Crumbgate's own cookie is for. */
    ownPurpose: string;
}
/** A language: its tag and its texts. */
interface Locale {
    /** BCP 47 tag. */
    readonly lang: string;
    readonly texts: Readonly<Texts>;
}
/**
 * The configuration. Everything is optional. In the script build the same names are written as JSON, on
 * `window.crumbgateConfig`, or (the plain ones) as `data-` attributes: `cookieName` is `data-cookie-name`.
 */
interface Options {
    /** Address of the privacy policy: linked from the dialog, and the page where the banner stays away. */
    policy?: string | undefined;
    /** Raise it when purposes or services change: visitors who had allowed something are asked again. Default 0. */
    revision?: number | undefined;
    /** Whom a new revision asks: those who had `granted` something (default), or `everyone`. */
    reask?: 'granted' | 'everyone' | undefined;
    /** Name of the cookie that keeps the choice. Default `crumbgate`. */
    cookieName?: string | undefined;
    /** Share the choice with subdomains, such as `example.com`. Default: this host only. */
    domain?: string | undefined;
    /** What the law where the visitor is asks for; see {@link Regime}. Default `opt-in`. */
    regime?: Regime | undefined;
    /** Days that an acceptance lasts, counted from the decision: 1 to 365. Default 365. */
    acceptDays?: number | undefined;
    /** Days before a refusal is asked about again: 183 to 400. Default 183, under `opt-out` 365. */
    refuseDays?: number | undefined;
    /** Whether the banner comes up by itself. Default true. */
    auto?: boolean | undefined;
    /** `reject` adds a close button to the banner that stores a refusal. Default: no close button. */
    close?: 'reject' | undefined;
    /** A small button that stays on the page and opens the preferences, in a lower corner. Default: none; `true` is `start`. */
    button?: boolean | 'start' | 'end' | undefined;
    /** Colours of the dialog. Default `auto`: what the visitor has set in the system. */
    theme?: 'light' | 'dark' | 'auto' | undefined;
    /** Shape of the banner. Default `card`. Small screens show a sheet at the edge. */
    layout?: 'card' | 'bar' | 'center' | undefined;
    /** Where a card stands; of a bar only `top` and `bottom` count. Default `bottom-start`. */
    position?: 'bottom-start' | 'bottom' | 'bottom-end' | 'top-start' | 'top' | 'top-end' | undefined;
    /**
     * Receipts of the visitor's decisions: `true` keeps them on the visitor's device, shown in the preferences; an address,
     * such as `/consent`, also sends them there. Default `false`: nothing is stored but the cookie. With `crumbgate/core`
     * they take `keepReceipts()` of `crumbgate/receipts`.
     */
    receipts?: boolean | string | undefined;
    /** Whether a withdrawal reloads the page when scripts of the category have run. Default true. */
    reload?: boolean | undefined;
    /**
     * Language of the dialog, a BCP 47 tag; recorded with the choice. Default: that of the page's `<html lang>`, else what
     * the browser asks for, else English. With `texts` of your own it can be any language.
     */
    lang?: string | undefined;
    /** Texts of the dialog that replace ours. */
    texts?: Partial<Texts> | undefined;
    /** The categories in the order shown; replaces the usual four. `necessary` is always there and always first. */
    categories?: Record<string, CategoryOptions> | undefined;
    /** The services by key. */
    services?: Record<string, ServiceOptions> | undefined;
    /**
     * What tells vendors of the choice, and what the browser asks for: `connect(…)` of `crumbgate/signals`. In the script
     * build also names, or signals of your own, with `crumb-signals.js`.
     */
    signals?: Signals | undefined;
    /**
     * The page's nonce: then only held scripts with the same one are released. The script build takes that of its own tag;
     * a module has none.
     */
    nonce?: string | undefined;
    /**
     * Takes over the choice that a visitor has given to another tool: `importFrom(…)` of `crumbgate/import`. In the script
     * build names, such as `klaro`, with `crumb-import.js`.
     */
    import?: Import | undefined;
    /**
     * Holds tags that are marked for another tool: `compatWith(…)` of `crumbgate/compat`. In the script build names, such as
     * `klaro`, with `crumb-compat.js`.
     */
    compat?: Compat | undefined;
}
/** The page's cookies. */
interface Cookies {
    /**
     * Every value of that name; cookies of one name can exist at different paths and domains.
     * @returns `undefined` where the browser shows the page no cookies at all
     */
    read(name: string): string[] | undefined;
    /** Delete a name at every parent domain and path that this page could have set it for, partitioned or not. */
    remove(name: string): void;
}
/** A choice that a visitor has given to another tool. */
interface ImportedChoice {
    /** `undefined` where ours is newer. */
    readonly record: ConsentRecord | undefined;
    /** Delete what the tool has stored it in. Called once ours has been read back. */
    forget(): void;
}
/**
 * @param report tells the site owner
 * @param latest the newest choice of ours, also one that counts no more
 */
type Import = (cookies: Cookies, config: Config, report: (message: string) => void, latest: ConsentRecord | undefined) => ImportedChoice | null;
/**
 * Marks what is marked for another tool in our way too, before the gate looks at it.
 * @param report tells the site owner
 * @returns ends it
 */
type Compat = (config: Config, report: (message: string) => void) => () => void;
/** What a signal is told. */
interface SignalState {
    readonly config: Config;
    /** The visitor's choice; `null` while there is none. */
    readonly choice: ConsentRecord | null;
    /** Whether a category, or one of its services, is allowed now. */
    allows(category: string, service?: string): boolean;
    /** The same for a visitor without a choice. */
    allowsUndecided(category: string, service?: string): boolean;
    /**
     * Whether nothing at all is known of the visitor: no choice, not even one that counts no more or cannot be read, no signal
     * of the browser's, and no mistake in the configuration.
     */
    readonly isNew: boolean;
}
/** Tells a vendor of the choice, or reads what the browser asks for. A plain object. */
interface Signal {
    /** What it is called in messages and, if it reads, in records: `a` to `z`, digits and `-`. */
    readonly name: string;
    /** Name of the global that `apply` writes to, such as `dataLayer`. One signal writes to it. */
    readonly queue?: string;
    /** Categories that are refused while `read` says so; all that are optional if left out. */
    readonly categories?: readonly string[];
    /** `true` if the browser asks on the visitor's behalf to be opted out. Called once, before anything starts. */
    read?(): boolean;
    /**
     * Tell the vendor. Called once when the page starts, before any held script does, and then once for each change. What
     * it throws is told to the site owner.
     */
    apply?(state: SignalState): void;
    /** Called when Crumbgate leaves the page. */
    stop?(): void;
}
/** What is allowed: of a record, all that counts. */
type Grants = Pick<ConsentRecord, 'granted' | 'services'>;
/** Signals at work: what `connect()` of `crumbgate/signals` makes. */
interface Signals {
    /**
     * Read what the browser asks for. Called once, before anything else.
     * @returns what is wrong with the signals, a line each
     */
    start(config: Config): readonly string[];
    /** Names of the signals by which the browser asks for an opt-out. */
    asking(): readonly string[];
    /** Whether one of these refuses: the visitor has not decided while it was there. */
    isRefusing(record: ConsentRecord | null): boolean;
    /** The grants that they leave. */
    refuse(grants: Grants, record: ConsentRecord | null, config: Config): Grants;
    /** Name of one that has what it asks for: nothing of that is among the grants. */
    honoured(grants: Grants, config: Config): string | null;
    /** Tell the vendors. */
    tell(state: SignalState): void;
    stop(): void;
}
/** A checked category. */
interface Category extends Readonly<CategoryOptions> {
    readonly key: string;
    readonly basis: 'consent' | 'objection' | 'necessary';
}
/** A checked service. */
interface Service extends Readonly<ServiceOptions> {
    readonly key: string;
}
type Defaulted = 'revision' | 'reask' | 'cookieName' | 'acceptDays' | 'refuseDays' | 'auto' | 'reload' | 'receipts' | 'button' | 'theme' | 'layout' | 'position' | 'texts' | 'regime';
/** The checked configuration: frozen, with every default filled in. */
type Config = Readonly<Omit<Options, Defaulted | 'categories' | 'services'>> & Readonly<{
    [Name in Defaulted]: NonNullable<Options[Name]>;
}> & {
    readonly categories: readonly Category[];
    readonly services: readonly Service[];
};
/**
 * Gets the current choice after every change; `null` while there is none.
 * @param isHere whether it was decided on this page, not in another tab
 */
type Listener = (choice: ConsentRecord | null, isHere: boolean) => void;
/** The detail of the `crumbgate:change` event. */
interface ChangeDetail {
    readonly choice: ConsentRecord | null;
    readonly previous: ConsentRecord | null;
    /** Traces of refused services that the browser would not delete, such as `cookies: _ga`. */
    readonly leftovers: readonly string[];
}
/** What {@link Options} become: the object that a page works with. Frozen. */
interface Consent {
    /** What the options have come to. */
    readonly config: Config;
    /** The visitor's choice, or `null` while it has to be asked for. Frozen. */
    readonly choice: ConsentRecord | null;
    /** Whether the visitor has to be asked: nothing chosen, expired, or something is new since the choice. */
    readonly needsChoice: boolean;
    /**
     * Name of the browser signal, such as `gpc`, that asks for a refusal and has it; `null` if there is none, or the visitor
     * has decided otherwise.
     */
    readonly honoured: string | null;
    /**
     * Whether a category, or one of its services, is allowed now. `necessary` always is, what is on unless refused until it
     * has been refused, unknown names never; these are told on the console.
     */
    allows(category: string, service?: string): boolean;
    /** Allow everything. */
    accept(): void;
    /** Refuse everything optional. */
    reject(): void;
    /**
     * Store exactly this: what is not `true` is refused.
     * @param categories by key; a category's services follow it unless named in `services`
     * @param services by key, where they differ from their category
     */
    save(categories: Readonly<Record<string, boolean>>, services?: Readonly<Record<string, boolean>>): void;
    /** Take everything back: deletes what the refused services left, and reloads if their scripts have run. */
    withdraw(): void;
    /** Show the dialog. Default `preferences`. */
    open(view?: View): void;
    /** Hide the dialog. Not a choice. */
    close(): void;
    /** Call `listener` after every change of the choice. Returns the function that ends it. */
    subscribe(listener: Listener): () => void;
    /**
     * Resolves once the category, or one of its services, is allowed; rejects with a `ConsentError` if there is none. What came
     * of it counts as run: a withdrawal reloads the page.
     */
    when(category: string, service?: string): Promise<void>;
    /** Remove the dialog, the listeners and the gate. Held tags stay inert. */
    destroy(): void;
}
/** What a dialog needs besides the {@link Consent}. */
interface DialogContext {
    readonly document: Document;
    /** Whether to keep saying on the page that the browser's signal is honoured, while nothing is open. */
    saysHonoured(): boolean;
    /** Leave the preferences without a choice: back to the banner if it was showing, else close. */
    back(): void;
    /** Tell the site owner about a mistake. */
    report(message: string): void;
}
/** A frame that waits for a choice. */
interface HeldFrame {
    readonly frame: HTMLIFrameElement;
    /** The categories that it needs. */
    readonly categories: readonly Category[];
    readonly service: Service | undefined;
    /** Load it on this page until the next decision. Stores nothing. */
    loadOnce(): void;
    /** Load it, and store that what it needs is allowed. */
    allow(): void;
}
/** A dialog that is driven by {@link Consent}. */
interface Dialog {
    /** BCP 47 tag of the language that it is in. */
    readonly lang: string;
    /**
     * Show the banner, the preferences or, with `null`, neither.
     * @param isInstant without motion, since what was held is about to start
     */
    show(view: View | null, isInstant?: boolean): void;
    /** Fill a held frame with what it is, why it is held and how to get it. Called again when it has become empty. */
    hold(held: HeldFrame): void;
    /** Say to screen readers that the choice was stored. */
    announce(): void;
    /** Leave the page, with everything that was put there. */
    destroy(): void;
}
type DialogFactory = (consent: Consent, context: DialogContext) => Dialog;
declare global {
    interface DocumentEventMap {
        'crumbgate:ready': CustomEvent<Pick<ChangeDetail, 'choice'>>;
        'crumbgate:change': CustomEvent<ChangeDetail>;
        'crumbgate:beforereload': CustomEvent<ChangeDetail>;
        'crumbgate:open': CustomEvent<{
            readonly view: View;
        }>;
        'crumbgate:close': CustomEvent<{
            readonly view: View;
        }>;
        'crumbgate:destroy': CustomEvent;
    }
}

export type { Compat as C, DialogFactory as D, Grants as G, HeldFrame as H, Import as I, Listener as L, Method as M, Options as O, Receipt as R, Service as S, Texts as T, View as V, Config as a, Consent as b, Category as c, CategoryOptions as d, ChangeDetail as e, ConsentRecord as f, Cookies as g, Dialog as h, DialogContext as i, ImportedChoice as j, Locale as k, Regime as l, ServiceOptions as m, Signal as n, SignalState as o, Signals as p, Trace as q };
