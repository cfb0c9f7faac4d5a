import { Consent } from './core.js';

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
