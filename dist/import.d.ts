import { Import } from './core.js';
import { N as Names } from './shared/categories.js';

/** How to take over what was stored by another tool. Everything has a default. */
interface ImportOptions {
    /** Name of its cookie, or of its entry in the web storage, where it is not the tool's usual one. */
    name?: string | undefined;
    /** Days that the tool lets an answer count, where it does not store that. */
    days?: number | undefined;
    /** The day after which no answer given to it counts any more, such as `2027-03-01`. */
    until?: string | undefined;
    /** Our categories by its names, where they are not to be guessed. */
    categories?: Names | undefined;
    /** Our services, or categories, by its names for services, where these differ. */
    services?: Names | undefined;
    /** Keys of our services that the tool did not ask about: they are off, and asked about. Others that it does not name were refused. */
    added?: readonly string[] | undefined;
    /** Take over only answers to this revision of the tool's configuration. */
    revision?: number | undefined;
}
/** What a visitor has answered, in the tool's own words. */
interface Answers {
    /** When: milliseconds since 1970; left out where the tool does not store it. */
    readonly at?: number;
    /** When the tool would ask again: milliseconds since 1970; left out where it does not store it. */
    readonly until?: number;
    readonly categories?: Readonly<Record<string, boolean>>;
    readonly services?: Readonly<Record<string, boolean>>;
    /** Services that were allowed, by its categories: beside them, what is not named was refused. */
    readonly listed?: Readonly<Record<string, readonly string[]>>;
    /** Whether every category that it does not name was refused. */
    readonly isWhole?: boolean;
    /** Which configuration of the tool it answers. */
    readonly revision?: unknown;
}
/** Reads what one tool has stored. */
interface Importer {
    /** What the tool is called in messages and in the script build. */
    readonly tool: string;
    /** Names of its cookies, or entries in the web storage; the first one holds the answers. */
    readonly keys: readonly string[];
    /** Days that it lets an answer count, unless it says so itself. */
    readonly days: number;
    readonly options: ImportOptions;
    /**
     * @param text what it has stored, decoded; anything at all
     * @param others what is stored under a name
     * @returns `null` if the visitor has not answered
     */
    read(text: string, others: (name: string) => readonly string[]): Answers | null;
}

/** c15t: `c.marketing:1,i.t:1764000000000,i.sid:…` in `c15t`; JSON in the local storage, under another name in version 1. */
declare const c15t: (options?: ImportOptions) => Importer;

/** Cookiebot: the text of a JavaScript object in `CookieConsent`. It is read as a text. */
declare const cookiebot: (options?: ImportOptions) => Importer;

/** CookieYes: `consentid:…,consent:yes,action:yes,analytics:no,…` in `cookieyes-consent`, without a date. */
declare const cookieYes: (options?: ImportOptions) => Importer;

/** Klaro: its services as JSON in `klaro`, without a date. */
declare const klaro: (options?: ImportOptions) => Importer;

/** OneTrust: a query string in `OptanonConsent`, and the day on which the banner was answered in a cookie of its own. */
declare const oneTrust: (options?: ImportOptions) => Importer;

/** vanilla-cookieconsent, versions 2 and 3: JSON in `cc_cookie`, or in the local storage. */
declare const vanillaCookieConsent: (options?: ImportOptions) => Importer;

/**
 * Take over the choice that a visitor has given to another tool: what was answered, with its date, for no longer than it
 * would have counted there. Where nothing says what an allowed name is here, nothing is taken over and nothing deleted.
 * @param importers the tools that the site had before, such as `klaro()`; the newest answer counts
 * @returns the value of the option `import`
 */
declare const importFrom: (...importers: readonly Importer[]) => Import;

export { c15t, cookieYes, cookiebot, importFrom, klaro, oneTrust, vanillaCookieConsent };
export type { Answers, ImportOptions, Importer };
