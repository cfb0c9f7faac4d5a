/*! Crumbgate 0.1.0 | MIT | (c) 2026 The Crumbgate authors */
import{queueOf as e,isAllowed as o}from"./vendor.js";function n({cookiesOnly:n}={}){const t=n?"CookieConsent":"Consent";let r=!0;return{name:"matomo",queue:"_paq",apply(n){const p=e("_paq"),s=o(n,"matomo","performance");r&&p.push([`require${t}`]),s?p.push([`set${t}Given`]):r||p.push([`forget${t}Given`]),r=!1}}}export{n as matomo};
//# sourceMappingURL=matomo.js.map
