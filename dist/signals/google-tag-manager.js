/*! Crumbgate 0.1.0 | MIT | (c) 2026 The Crumbgate authors */
import{createGoogle as e}from"./google.js";const t=(t={})=>e("gtm",t,(e,{config:t,allows:o})=>{const r=Object.fromEntries(t.categories.map(({key:e})=>[e,o(e)]));e.push({event:"crumbgate_update",crumbgate:r})});export{t as googleTagManager};
//# sourceMappingURL=google-tag-manager.js.map
