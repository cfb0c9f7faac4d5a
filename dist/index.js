/*! Crumbgate 0.1.0 | MIT | (c) 2026 The Crumbgate authors */
import{c as o,i as r}from"./shared/load.js";import{createConsent as t}from"./core.js";export{ConsentError}from"./core.js";async function a(t){const[{dialogIn:a},n]=await Promise.all([import("./dialog.js"),o(t,r)]);return a(n)}function n(o){return t(o,{dialog:a})}export{n as createConsent};
//# sourceMappingURL=index.js.map
