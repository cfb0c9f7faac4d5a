/*! Crumbgate 0.1.0 | MIT | (c) 2026 The Crumbgate authors */
import{createConsent as o}from"./core.js";export{ConsentError}from"./core.js";async function r(){const[{dialogIn:o},{en:r}]=await Promise.all([import("./dialog.js"),import("./en.js")]);return o(r)}function n(n){return o(n,{dialog:r})}export{n as createConsent};
//# sourceMappingURL=index.js.map
