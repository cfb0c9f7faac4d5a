/*! Crumbgate 0.1.0 | MIT | (c) 2026 The Crumbgate authors */
const e=e=>`${e}.receipt.`;export{e as r};
//# sourceMappingURL=key.js.map
