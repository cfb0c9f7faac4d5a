/*! Crumbgate 0.1.0 | MIT | (c) 2026 The Crumbgate authors */
import{queueOf as t,isAllowed as e}from"./vendor.js";const o=()=>({name:"tiktok",queue:"ttq",apply(o){const n=o.choice?"revokeConsent":"holdConsent",c=t("ttq"),r=e(o,["tiktok"],"marketing")?"grantConsent":n,s=Reflect.get(Object(c),r);"function"==typeof s?s.call(c):c.push([r])}});export{o as tiktokPixel};
//# sourceMappingURL=tiktok.js.map
