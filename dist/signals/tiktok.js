/*! Crumbgate 0.1.0 | MIT | (c) 2026 The Crumbgate authors */
import{queueOf as t,isAllowed as o}from"./vendor.js";const e=()=>({name:"tiktok",queue:"ttq",apply(e){const n=e.choice?"revokeConsent":"holdConsent";t("ttq").push([o(e,"tiktok","marketing")?"grantConsent":n])}});export{e as tiktokPixel};
//# sourceMappingURL=tiktok.js.map
