import { Trace, Consent } from './core.js';

/** `error`: something leaks, or does not work. `warning`: it may. `note`: worth a look. */
type Severity = 'error' | 'warning' | 'note';
/** One thing that is to be mended. */
interface Finding {
    /** Which of the findings in `docs/debug.md`. */
    readonly rule: string;
    readonly severity: Severity;
    /** What was found, with its figures. */
    readonly what: string;
    /** What to write instead. */
    readonly instead: string;
    /** Beginning of the element's markup, where there is one. */
    readonly element?: string;
}
/** A tag with `data-consent`. */
interface Held {
    readonly element: string;
    /** What it waits for: `data-consent` as written. */
    readonly consent: string;
    readonly service: string | null;
    readonly state: 'held' | 'waiting' | 'running' | 'ran' | 'loaded' | 'failed' | 'blocked';
    /** Why it is blocked. */
    readonly why?: string;
}
/** A request to another site. */
interface Sent {
    /** Without its query. */
    readonly url: string;
    readonly host: string;
    /** What asked for it, as the browser says: `script`, `img`, `link`, `fetch`. */
    readonly type: string;
    /** Milliseconds since the page's start. */
    readonly at: number;
    /** What held then. `unknown`: no tag of this page has its host, and something was allowed. */
    readonly when: 'before a choice' | 'refused' | 'allowed' | 'unknown';
    /** `data-consent` of the tag with this host. */
    readonly consent: string | null;
    readonly service: string | null;
}
/** Something that is stored. */
interface Stored {
    readonly trace: Trace;
    readonly name: string;
    /** Services that declare it. */
    readonly services: readonly string[];
    /** Milliseconds since the page's start when it was first seen; `null` if it was there before. */
    readonly at: number | null;
    /** Address of the script that wrote it, where that was seen. */
    readonly by: string | null;
    /** Days that a cookie lasts, where that was seen; 0 until the browser is closed. */
    readonly days: number | null;
}
/** Two buttons and their figures. */
interface ButtonFigures {
    readonly width: number;
    readonly height: number;
    readonly fontSize: number;
    readonly fontWeight: number;
    /** Of its text on its background. */
    readonly contrast: number;
    /** Of its background on what is around it. */
    readonly prominence: number;
}
/** What "Copy as JSON" gives. Names and meanings stay the same within a `version`. */
interface Report {
    readonly version: 1;
    /** Of Crumbgate. */
    readonly crumbgate: string;
    /** Address of the page, without its query. */
    readonly page: string;
    readonly decided: boolean;
    /** Categories and services that are allowed now. */
    readonly allowed: readonly string[];
    readonly findings: readonly Finding[];
    readonly tags: readonly Held[];
    readonly requests: readonly Sent[];
    readonly storage: readonly Stored[];
    /** Accept and Reject as measured last, where they have been shown. */
    readonly buttons: {
        readonly accept: ButtonFigures;
        readonly reject: ButtonFigures;
    } | null;
}

/**
 * Show the owner's panel on this page: findings, tags, requests and storage. Does nothing on a server. (The script build
 * does this by itself, with `data-debug`.)
 * @returns removes it; so does `consent.destroy()`
 */
declare function openDebug(consent: Consent): () => void;

export { openDebug };
export type { Finding, Held, Report, Sent, Severity, Stored };
