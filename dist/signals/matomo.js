/*! Crumbgate 0.1.0 | MIT | (c) 2026 The Crumbgate authors */
import{queueOf as e,isAllowed as o}from"./vendor.js";function n({cookiesOnly:n}={}){const t=n?"CookieConsent":"Consent";let r=!0,p=!1;return{name:"matomo",queue:"_paq",apply(n){const s=e("_paq"),m=o(n,["matomo"],"performance");r&&s.push([`require${t}`]),m?s.push([`set${t}Given`]):p&&s.push([`forget${t}Given`]),r=!1,p=m}}}export{n as matomo};
//# sourceMappingURL=matomo.js.map
