/*! Crumbgate 0.1.0 | MIT | (c) 2026 The Crumbgate authors */
const e=({header:e,categories:t}={})=>({name:"gpc",...t?{categories:t}:{},read(){const t=Document.prototype.querySelector.call(document,'meta[name="sec-gpc"]');return[!0===Reflect.get(navigator,"globalPrivacyControl"),"1"===e,"1"===t?.getAttribute("content")].includes(!0)}});export{e as gpc};
//# sourceMappingURL=gpc.js.map
