/** A mistake of the site owner or the developer, in words that say how to mend it. */
declare class ConsentError extends Error {
    readonly name = "ConsentError";
}

export { ConsentError as C };
