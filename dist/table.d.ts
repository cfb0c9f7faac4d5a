import { Consent } from './core.js';

/**
 * Make `<crumb-table>` the declaration for the policy page: every service and what it stores, by category, the visitor's
 * choice, and the buttons to change it or withdraw. Does nothing on a server.
 * @returns empties them again
 */
declare function defineTable(consent: Consent): () => void;

export { defineTable };
