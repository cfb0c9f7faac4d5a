/*! Crumbgate 0.1.0 | MIT | (c) 2026 The Crumbgate authors */
const e=({header:e,categories:t}={})=>({name:"gpc",...t?{categories:t}:{},read(){const t=Document.prototype.querySelector.call(document,'meta[name="sec-gpc"]');return[e,t?.getAttribute("content")].includes("1")||!0===Reflect.get(navigator,"globalPrivacyControl")}});export{e as gpc};
//# sourceMappingURL=gpc.js.map
