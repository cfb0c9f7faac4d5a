/*! Crumbgate 0.1.0 | MIT | (c) 2026 The Crumbgate authors */
import{c as o}from"./consent.js";export{C as ConsentError}from"./consent.js";import"js-cookie";async function n(){const[{dialogIn:o},{en:n}]=await Promise.all([import("./dialog.js"),import("./en.js")]);return o(n)}function r(r){return o(r,{dialog:n})}export{r as createConsent};
//# sourceMappingURL=index.js.map
