/*! Crumbgate 0.1.0 | MIT | (c) 2026 The Crumbgate authors */
import{c as o,i as r}from"./load.js";import{createConsent as t}from"./core.js";export{ConsentError}from"./core.js";async function n(t){const[{dialogIn:n},a]=await Promise.all([import("./dialog.js"),o(t,r)]);return n(a)}function a(o){return t(o,{dialog:n})}export{a as createConsent};
//# sourceMappingURL=index.js.map
