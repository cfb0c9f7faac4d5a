/*! Crumbgate 0.1.0 | MIT | (c) 2026 The Crumbgate authors */
export{C as ConsentError,c as createConsent}from"./consent.js";import"js-cookie";
//# sourceMappingURL=core.js.map
