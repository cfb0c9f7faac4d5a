/** How a choice came about. `import` is a choice taken over from another consent tool. */
type Method = 'accept' | 'reject' | 'custom' | 'import';
/** What the dialog shows: the banner (first layer) or the preferences (second layer). */
type View = 'banner' | 'preferences';
/** A visitor's decision. Frozen; a new decision is a new record. */
interface ConsentRecord {
    /** 32 random hexadecimal digits. Kept while the visitor changes a choice, new after every refusal. */
    readonly id: string;
    /** When the first decision under this id was made: milliseconds since 1970, whole seconds. */
    readonly at: number;
    /** When the latest decision was made: milliseconds since 1970, whole seconds. Lifetimes count from here. */
    readonly updatedAt: number;
    /** The `revision` of the configuration that the visitor was shown. */
    readonly revision: number;
    readonly method: Method;
    /** Categories that the visitor allowed. `necessary` is never listed: it is not a choice. */
    readonly granted: readonly string[];
    /** Categories that the visitor was asked about and did not allow. */
    readonly denied: readonly string[];
    /** Every service the visitor was asked about, `true` where allowed. */
    readonly services: Readonly<Record<string, boolean>>;
    /** Language of the texts that were shown, a BCP 47 tag such as `en` or `pt-BR`. */
    readonly locale: string;
}
/** Gets the current choice after every change; `null` while there is none. */
type Listener = (choice: ConsentRecord | null) => void;
/** What {@link Options} become: the object that a page works with. Frozen. */
interface Consent {
    /** The visitor's choice, or `null` while it has to be asked for. Frozen. */
    readonly choice: ConsentRecord | null;
    /** Whether the visitor has to be asked: nothing chosen, expired, or something is new since the choice. */
    readonly needsChoice: boolean;
    /** Whether a category, or one of its services, is allowed now. `necessary` always is. Unknown names never are. */
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
    /** Resolves once the category is allowed; rejects with a `ConsentError` if there is no such category. */
    when(category: string): Promise<void>;
    /** Remove the dialog, the listeners and the gate. Held tags stay inert. */
    destroy(): void;
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
    }
}

export type { CrumbgateGlobal };
